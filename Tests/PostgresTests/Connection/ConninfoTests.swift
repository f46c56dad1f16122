import Testing

@testable import Postgres

@Suite struct ConninfoTests {
    @Test(arguments: [
        ("dbname=a", ["local:5432"]),
        ("host=db1 port=5433", ["db1:5433"]),
        ("host=db1,db2 port=5433,5434", ["db1:5433", "db2:5434"]),
        ("postgresql://u@db1:5433,db2:5434/a?target_session_attrs=prefer-standby", ["db1:5433", "db2:5434"]),
        ("host=db1,db2", ["db1:5432", "db2:5432"]),
        ("host=db1,db2 port=6000", ["db1:6000", "db2:6000"]),
        ("hostaddr=10.0.0.1,10.0.0.2", ["10.0.0.1:5432", "10.0.0.2:5432"]),
        ("host=/run/a,/run/b", ["/run/a:5432", "/run/b:5432"]),
    ])
    func `each host of a string is a server of its own`(conninfo: String, names: [String]) throws {
        let hosts = try PostgresConfiguration(conninfo: conninfo).hosts()
        #expect(hosts.map(\.name) == names)
        for host in hosts {
            let settings = try Conninfo(host.configuration.conninfo)
            #expect(settings.hostCount == 1)
            #expect(settings["target_session_attrs"] == "any")
        }
    }

    @Test(
        arguments: [
            ("dbname=a", ["PGHOST": "db1,db2", "PGPORT": "5433,5434"], ["db1:5433", "db2:5434"]),
            ("dbname=a", ["PGHOSTADDR": "10.0.0.1,10.0.0.2"], ["10.0.0.1:5432", "10.0.0.2:5432"]),
            ("host=db3", ["PGHOST": "db1,db2", "PGPORT": "6000"], ["db3:6000"]),
            ("service=boards", ["PGHOST": "db1,db2"], ["local:5432"]),
            ("dbname=a", ["PGHOST": "db1,db2", "PGSERVICE": "boards"], ["local:5432"]),
        ] as [(String, [String: String], [String])]
    )
    func `hosts of the environment count where the string names none`(
        conninfo: String,
        environment: [String: String],
        names: [String]
    ) throws {
        let settings = try Conninfo(conninfo) { environment[$0] }
        #expect(settings.hostCount == names.count)
        #expect(try settings.each().map(\.name) == names)
    }

    @Test func `how to choose among hosts is taken from the environment, what is secret is not`() throws {
        let environment = ["PGTARGETSESSIONATTRS": "primary", "PGPASSWORD": "it is one", "PGOPTIONS": "-c geqo=off"]
        let settings = try Conninfo("host=a,b options=''") { environment[$0] }
        #expect(settings["target_session_attrs"] == "primary")
        #expect(settings["options"] == "")
        #expect(!settings.text.contains("it is one"))
    }

    @Test func `everything but the host stays as it was, whatever its characters`() throws {
        let conninfo = #"host=a,b user=u password='it\'s a \\ b' dbname='x y'"#
        let hosts = try PostgresConfiguration(conninfo: conninfo).hosts()
        for (host, name) in zip(hosts, ["a", "b"]) {
            let settings = try Conninfo(host.configuration.conninfo)
            #expect(settings["host"] == name)
            #expect(settings["password"] == #"it's a \ b"#)
            #expect(settings["dbname"] == "x y")
            #expect(!host.name.contains("it's"))
        }
    }

    @Test(arguments: [
        "host=a target_session_attrs=read-write", "host=a,b target_session_attrs=primary", "host=a,b,c port=1,2",
        "host=a,b hostaddr=10.0.0.1", "no conninfo",
    ])
    func `what cannot be standbys is refused`(conninfo: String) {
        let error = #expect(throws: PostgresError.self) { try PostgresConfiguration(conninfo: conninfo).hosts() }
        #expect(error?.code == .misuse)
    }
}
