// swift-tools-version: 6.2
import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let jwt: Target.Dependency = .product(name: "JWTKit", package: "jwt-kit")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "claimboard",
    products: [
        .executable(name: "claimboard", targets: ["claimboard"])
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/vapor/jwt-kit.git", from: "5.7.1"),
    ],
    targets: [
        // C: system libraries, and data files that the compiler puts into the binary (#embed).
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CLexicons", exclude: ["data"]),
        .target(name: "CContract"),
        .target(
            name: "CSchema",
            path: "Schema",
            exclude: ["migrations"],
            sources: ["schema.c"],
            publicHeadersPath: "include"
        ),

        // The domain and what is pure.
        .target(name: "Claims", dependencies: ["CLexicons"], swiftSettings: swiftSettings),
        .target(name: "Formats", dependencies: ["Claims"], swiftSettings: swiftSettings),
        .target(name: "Extraction", dependencies: ["Claims", "CLexicons"], swiftSettings: swiftSettings),
        .target(name: "Evaluation", dependencies: ["Claims", "Formats"], swiftSettings: swiftSettings),
        .target(name: "ModelReader", dependencies: ["Claims", "Formats", logging], swiftSettings: swiftSettings),
        .target(name: "Importers", dependencies: ["Claims", "CZlib"], swiftSettings: swiftSettings),

        // PostgreSQL, and the use cases over it.
        .target(name: "Postgres", dependencies: ["CLibPQ", logging], swiftSettings: swiftSettings),
        .target(name: "CSpawn"),
        .target(name: "PrivateCluster", dependencies: ["CSpawn", logging], swiftSettings: swiftSettings),
        .target(
            name: "Registry",
            dependencies: ["Claims", "Formats", "Postgres", "CSchema", crypto, logging],
            swiftSettings: swiftSettings
        ),

        // What people and programs meet.
        .target(
            name: "API",
            dependencies: [
                "Registry", "Extraction", "Claims", "Formats", "CContract", "CZlib", hummingbird, crypto, jwt, logging,
            ],
            swiftSettings: swiftSettings
        ),
        .target(
            name: "Website",
            dependencies: ["Registry", "Claims", "Formats", hummingbird, logging],
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "claimboard",
            dependencies: [
                "API", "Website", "Registry", "Importers", "Extraction", "Evaluation", "ModelReader", "PrivateCluster",
                "Postgres", "Claims", "Formats", argumentParser, logging,
            ],
            swiftSettings: swiftSettings
        ),

        // Learns the extractor's weights from annotated papers.
        .executableTarget(
            name: "train-extraction",
            dependencies: ["Extraction", "Claims"],
            swiftSettings: swiftSettings
        ),

        // The performance suite, and the fuzzer.
        .target(
            name: "ExtractionChecks",
            dependencies: ["Extraction", "Claims"],
            path: "Benchmarks/Checks",
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "extraction-benchmark",
            dependencies: ["ExtractionChecks", "Extraction", "Importers", "Claims"],
            path: "Benchmarks/Extraction",
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "extraction-fuzz",
            dependencies: ["ExtractionChecks"],
            path: "Benchmarks/Fuzz",
            swiftSettings: swiftSettings
        ),

        // Tests: one folder a target, and what they share.
        .target(
            name: "TestSupport",
            dependencies: ["Registry", "Postgres", "PrivateCluster", "Claims", logging],
            path: "Tests/TestSupport",
            swiftSettings: swiftSettings
        ),
        .target(name: "ScriptedEndpoint", path: "Tests/ScriptedEndpoint", swiftSettings: swiftSettings),
        .testTarget(name: "ClaimsTests", dependencies: ["Claims"], swiftSettings: swiftSettings),
        .testTarget(name: "FormatsTests", dependencies: ["Formats", "Claims"], swiftSettings: swiftSettings),
        .testTarget(
            name: "ExtractionTests",
            dependencies: ["ExtractionChecks", "Extraction", "Claims", "Formats"],
            exclude: ["Fixtures"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "EvaluationTests",
            dependencies: ["Evaluation", "Claims", "Formats"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "ModelReaderTests",
            dependencies: ["ModelReader", "ScriptedEndpoint", "Claims", "Formats", logging],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "ImportersTests",
            dependencies: ["Importers", "Claims", "CZlib"],
            swiftSettings: swiftSettings
        ),
        .testTarget(name: "PostgresTests", dependencies: ["Postgres", "TestSupport"], swiftSettings: swiftSettings),
        .testTarget(
            name: "PrivateClusterTests",
            dependencies: ["PrivateCluster", "TestSupport", logging],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "RegistryTests",
            dependencies: ["Registry", "Postgres", "TestSupport", "PrivateCluster", "Claims", logging],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "APITests",
            dependencies: ["API", "Website", "Registry", "Extraction", "TestSupport", jwt],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "CommandLineTests",
            dependencies: ["claimboard", "ScriptedEndpoint", "TestSupport"],
            swiftSettings: swiftSettings
        ),
    ]
)
