import ExtractionChecks

#if LIBFUZZER
/// The memory that all inputs share; libFuzzer calls on one thread.
nonisolated(unsafe) private var check = RecordCheck()

/// What libFuzzer calls (https://llvm.org/docs/LibFuzzer.html): the first line is the title, the rest the abstract.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    let end = bytes.firstIndex(of: 0x0A) ?? 0
    let (title, abstract) = (Array(bytes[..<end]), Array(bytes[end...]))
    if let problem = check.problem(title: title, abstract: abstract) { fatalError(problem) }
    return 0
}
#endif
