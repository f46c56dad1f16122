import Testing

@testable import Claims

@Suite struct NameTests {
    @Test(arguments: [
        ("GSM8k dataset", "gsm8k"), ("gsm-8K", "gsm8k"), ("The MATH benchmark", "math"), ("Data", "data"),
        ("C++", "c++"), ("MS COCO", "mscoco"),
    ])
    func `names are compared without case, punctuation and words of kind`(name: String, key: String) {
        #expect(NameKey(name).description == key)
    }

    @Test(arguments: [
        ("GPQA-Diamond", "gpqa-diamond"), ("WMT'14 En-De", "wmt14-en-de"), ("C++", "cpp"),
        ("Café  Réseau", "cafe-reseau"),
        ("--", "x"), ("数据集", "x"), ("$R^2$", "r-2"),
    ])
    func `a slug is fit for an address`(name: String, slug: String) {
        #expect(Slug(name).description == slug)
    }

    @Test func `a slug has an upper length`() {
        #expect(Slug(String(repeating: "ab ", count: 1000)).description.utf8.count <= Slug.maximumLength + 2)
    }
}
