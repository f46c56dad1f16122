import Hummingbird

/// The routes of version 1 of the API.
struct V1Routes {
    let configuration: APIConfiguration
    let services: APIServices
    let access: AccessControl

    func add(to group: RouterGroup<APIContext>) {
        let lists = Lists(baseURL: configuration.publicBaseURL ?? "")
        BenchmarkRoutes(registry: services.registry, cache: services.cache, lists: lists).add(to: group)
        BoardRoutes(registry: services.registry, cache: services.cache, lists: lists).add(to: group)
        PaperRoutes(registry: services.registry, lists: lists).add(to: group)
        NameRoutes(registry: services.registry, lists: lists).add(to: group)
        ClaimRoutes(registry: services.registry, lists: lists).add(to: group)
        ExtractRoutes(extractor: services.extractor, limits: configuration.limits).add(to: group)
        let idempotency = Idempotency(registry: services.registry, limits: configuration.limits)
        SubmissionRoutes(
            extractor: services.extractor,
            limits: configuration.limits,
            access: access,
            idempotency: idempotency
        ).add(to: group)
        AccountRoutes(
            registry: services.registry,
            lists: lists,
            limits: configuration.limits,
            access: access,
            idempotency: idempotency
        ).add(to: group)
        TokenRoutes(
            registry: services.registry,
            lists: lists,
            limits: configuration.limits,
            access: access,
            idempotency: idempotency
        ).add(to: group)
        CorrectionRoutes(
            registry: services.registry,
            lists: lists,
            limits: configuration.limits,
            access: access,
            idempotency: idempotency
        ).add(to: group)
        RevisionRoutes(registry: services.registry, lists: lists).add(to: group)
        ExportRoutes(registry: services.registry).add(to: group)
        BoardDiffRoutes(registry: services.registry, lists: lists).add(to: group)
        ChangesRoutes(registry: services.registry, lists: lists).add(to: group)
        FeedRoutes(registry: services.registry, lists: lists).add(to: group)
        LogRoutes(registry: services.registry, lists: lists).add(to: group)
    }
}
