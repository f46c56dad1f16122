import Hummingbird

/// The routes of version 1 of the API.
struct V1Routes {
    let configuration: APIConfiguration
    let services: APIServices

    func add(to group: RouterGroup<APIContext>) {
        let lists = Lists(baseURL: configuration.publicBaseURL ?? "")
        BenchmarkRoutes(registry: services.registry, cache: services.cache, lists: lists).add(to: group)
        BoardRoutes(registry: services.registry, cache: services.cache, lists: lists).add(to: group)
        PaperRoutes(registry: services.registry, lists: lists).add(to: group)
        NameRoutes(registry: services.registry, lists: lists).add(to: group)
        ClaimRoutes(registry: services.registry, lists: lists).add(to: group)
        ExtractRoutes(extractor: services.extractor, limits: configuration.limits).add(to: group)
        SubmissionRoutes(
            registry: services.registry,
            extractor: services.extractor,
            limits: configuration.limits,
            access: AccessControl(tokens: configuration.tokens)
        ).add(to: group)
        LogRoutes(registry: services.registry).add(to: group)
    }
}
