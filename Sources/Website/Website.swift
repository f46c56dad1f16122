package import API
package import Hummingbird
package import Registry

/// The pages for people.
package struct Website {
    private let registry: Registry

    /// Makes the pages of a registry.
    package init(registry: Registry) {
        self.registry = registry
    }

    /// Adds the pages' routes.
    package func add(to router: Router<APIContext>) {}
}
