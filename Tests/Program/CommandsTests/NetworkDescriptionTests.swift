import Commands
import Plans
import Settings
import Testing
import Training

@Suite struct NetworkDescriptionTests {
    private func description(_ model: String, data: String = "{ blobs: { features: 6 } }") throws -> NetworkDescription
    {
        let text = "{ name: 'net', batchSize: 4, data: \(data), model: \(model) }"
        return try NetworkDescription(
            plan: PlanDecoder(folderOf: { _ in "" }).plan(Setting.parse(text: text, file: "net.json5")))
    }

    @Test func `the table is aligned and indents what blocks hold`() throws {
        let body = "['relu', { linear: { units: 1200, initializer: 'zero' } }]"
        let model = "[{ linear: 1200 }, { residual: \(body) }, { linear: 3 }]"
        let lines = try description(model).table.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(
            lines.prefix(10) == [
                "net",
                "",
                "layer       kind      output  parameters  multiply-adds   memory  begins with",
                "------------------------------------------------------------------------------",
                "input                 6",
                "0           linear    1200         8,400          7,200  84.4 kB  standard",
                "1           residual  1200             -              -  18.8 kB",
                "  1.body.0  relu      1200             -              -  18.8 kB",
                "  1.body.1  linear    1200     1,441,200      1,440,000  11.0 MB  zero, bias 0",
                "2           linear    3            3,603          3,600  28.2 kB  standard",
            ])
        #expect(lines[11] == "total                 3        1,453,203      1,450,800")
        #expect(lines[13].hasPrefix("memory at the peak of a step with 4 examples, weights and gradients included: "))
        #expect(lines.allSatisfy { $0.count <= 100 })
    }

    @Test func `long lines are cut`() throws {
        let deep = (0..<12).reduce("{ linear: 6 }") { inner, _ in "{ residual: { body: [\(inner)] } }" }
        let lines = try description("[\(deep)]").table.split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 100 && $0.last != " " })
    }

    @Test func `as JSON it is one object`() throws {
        let json = try description("[{ linear: 3 }]").json.compact
        #expect(
            json.hasPrefix(
                #"{"name":"net","input":[6],"output":[3],"batch":4,"parameters":21,"multiplyAdds":18,"memoryBytes":"#))
        #expect(
            json.hasSuffix(
                #""layers":[{"name":"0","kind":"linear","output":[3],"parameters":21,"multiplyAdds":18,"#
                    + #""memoryBytes":216,"initialization":"standard"}]}"#))
    }

    @Test func `a model that does not fit is an error`() {
        #expect(throws: PreparationError.self) { try description("[{ conv2d: { filters: 1, kernel: 3 } }]") }
    }

    @Test func `digits need not be drawn`() throws {
        // Two million pictures would take their time.
        let table = try description("['flatten', { linear: 10 }]", data: "{ digits: 2000000 }").table
        #expect(table.split(separator: "\n").contains("input           1x28x28"))
    }
}
