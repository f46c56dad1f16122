# Read by the image's entrypoint when it has made a new database: the standby, which is on the same network, may copy it
# and follow it.
echo 'host replication claimboard samenet scram-sha-256' >>"$PGDATA/pg_hba.conf"
