import Glibc
import Logging

extension ClusterStart {
    /// Makes the cluster in a draft folder and puts it in place at the end: there is a whole one or none.
    func initialize(
        _ folder: ClusterFolder,
        installation: PostgresInstallation,
        user: ServerUser,
        patience: Patience
    ) throws(PrivateClusterError) {
        folder.removeDrafts()
        let free = folder.freeBytes
        guard free >= ClusterFolder.neededBytes else { throw .diskFull(folder: folder.path, freeBytes: free) }
        logger.debug("making a PostgreSQL cluster", metadata: ["cluster.folder": "\(folder.path)"])
        try folder.write(Marker(major: installation.major))
        let draft = try folder.makeDraft(for: user)
        do throws(PrivateClusterError) {
            let command = ServerArguments.initialization(installation, in: draft)
            let outcome = try Command(user.command(command, atParentsDeath: "KILL")).run(patience)
            if patience.isOver && outcome.status != 0 {
                throw patience.isCancelled ? .cancelled : timedOut(outcome.output)
            }
            guard outcome.status == 0 else { throw .initializationFailed(output: outcome.output) }
            if options.durability == .full { try sync(folder) }
            guard rename(draft, folder.data) == 0 else { throw folderError("rename", draft, errno) }
            if options.durability == .full { try sync(folder) }
        } catch {
            ClusterFolder.remove(draft)
            throw error
        }
    }
}
