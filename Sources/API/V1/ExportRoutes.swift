import Formats
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Registry

/// Everything of one kind, streamed.
struct ExportRoutes {
    let registry: Registry
    /// Each export under way has a connection to itself for as long as its reader takes, and writes need some, too.
    private let places: ExportPlaces
    private let known: KnownExports

    init(registry: Registry) {
        self.registry = registry
        places = ExportPlaces(4)
        known = KnownExports(registry: registry, places: places)
    }

    func add(to group: RouterGroup<APIContext>) {
        group.get("exports/{kind}.csv") { try await stream($0, $1, isCSV: true) }
        group.get("exports/{kind}.jsonl") { try await stream($0, $1, isCSV: false) }
        group.get("exports/{kind}.manifest.json", use: manifest)
    }

    @Sendable private func stream(_ request: Request, _ context: APIContext, isCSV: Bool) async throws -> Response {
        var query = try QueryReader(request)
        let asOf = query.asOf()
        let isRaw = isCSV ? query.boolean("raw") ?? false : false
        try query.finish()
        let export = try Self.export(context)
        let snapshot = try await snapshot(asOf)
        let form: ExportForm = isCSV ? .csv(raw: isRaw) : .jsonLines
        let name = "\(export.name)-\(snapshot).\(isCSV ? "csv" : "jsonl")"
        var headers = Dated.headers(snapshot, asOf: asOf)
        headers[.contentType] = isCSV ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson"
        headers[.disposition] = "attachment; filename=\"\(name)\""
        // The snapshot decides every byte, so the tag needs none of them.
        let content = "\(name) \(Export.schemaVersion) \(isRaw)"
        headers[.eTag] = EntityTag(of: ByteBuffer(string: content)).description
        headers[.link] = Self.links(export, snapshot, form)
        headers[.trailer] = "Export-Rows, Content-Digest"
        // A reader who has the copy takes no place.
        if let wanted = request.headers[.ifNoneMatch], let tag = headers[.eTag],
            EntityTag.match(of: wanted, with: tag) != nil
        {
            return Response(status: .ok, headers: headers)
        }
        // Nor does one who wants the head alone.
        guard request.method != .head else {
            headers.append(contentsOf: ConnectionHandler.lengthLeftOpen)
            return Response(status: .ok, headers: headers, body: ResponseBody { try await $0.finish(nil) })
        }
        let place = try places.take()
        // The first rows before the head: until then, what is in the way is an answer of its own.
        let reading = try await registry.beginExport(export, as: form, of: snapshot)
        let body = ResponseBody { writer in
            defer { place.leave() }
            let summary = try await reading.write { bytes in
                try await writer.write(ByteBuffer(bytes: bytes))
            }
            try await writer.finish(isCSV ? Self.trailers(summary) : [.exportRows: String(summary.rowCount)])
        }
        return Response(status: .ok, headers: headers, body: body)
    }

    @Sendable private func manifest(request: Request, context: APIContext) async throws -> Response {
        var query = try QueryReader(request)
        let asOf = query.asOf()
        let isRaw = query.boolean("raw") ?? false
        try query.finish()
        let export = try Self.export(context)
        let snapshot = try await snapshot(asOf)
        let summaries = try await known.summaries(of: export, raw: isRaw, at: snapshot)
        let files = [("csv", summaries.csv), ("jsonl", summaries.jsonLines)]
        return .json(headers: Dated.headers(snapshot, asOf: asOf)) { json in
            ExportManifest(export: export, snapshot: snapshot, files: files).write(to: &json)
        }
    }

    private static func export(_ context: APIContext) throws(Problem) -> Export {
        let name = try context.pathParameter("kind")
        guard let export = Export.named(name) else {
            let names = Export.all.map(\.name).joined(separator: ", ")
            throw Problem(.notFound, "There is no export of this name. There are: \(names).")
        }
        return export
    }

    private func snapshot(_ asOf: AsOf?) async throws -> Snapshot {
        if let asOf { try await registry.snapshot(asOf) } else { try await registry.currentSnapshot() }
    }

    /// The licence, and what tells whether the copy is whole.
    private static func links(_ export: Export, _ snapshot: Snapshot, _ form: ExportForm) -> String {
        let raw = if case .csv(raw: true) = form { "&raw=true" } else { "" }
        return "<https://creativecommons.org/publicdomain/zero/1.0/>; rel=\"license\", "
            + "</v1/exports/\(export.name).manifest.json?as_of=\(snapshot)\(raw)>; rel=\"describedby\""
    }

    private static func trailers(_ summary: ExportSummary) -> HTTPFields {
        [.exportRows: String(summary.rowCount), .contentDigest: "sha-256=:\(summary.base64):"]
    }
}

extension ExportSummary {
    /// The hash in base64.
    fileprivate var base64: String {
        let digits = Array(sha256.utf8)
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap { index in
            UInt8(String(decoding: digits[index...(index + 1)], as: UTF8.self), radix: 16)
        }
        return Data(bytes).base64EncodedString()
    }
}
