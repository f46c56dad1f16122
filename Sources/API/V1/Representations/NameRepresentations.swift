import Claims
package import Formats
import Registry

extension ModelSummary: JSONValue {
    /// Writes a model as it stands in lists.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("slug", model.slug)
            json.member("name", model.name)
            json.member("parameters", parameters)
            json.member("claim_count", claimCount)
            json.member("status", status)
        }
    }
}

extension ModelCard: JSONValue {
    /// Writes all about a model.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("slug", model.slug)
            json.member("name", model.name)
            json.member("aliases", aliases)
            json.member("claim_count", claimCount)
            json.member("status", status)
            json.array("sizes", of: sizes) { json, stated in
                json.member("parameters", stated.size.parameters)
                json.member("parameters_high", stated.size.parametersHigh)
                json.member("bound", stated.size.bound)
                json.member("paper", stated.paper)
                json.origin(stated.size.evidence, stated.size.confidence)
            }
            json.name("set_by")
            json.value(json: setBy)
        }
    }
}

extension MetricSummary: JSONValue {
    /// Writes a metric.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("slug", metric.slug)
            json.member("name", metric.name)
            json.member("aliases", aliases)
            json.member("direction", metric.direction)
            json.member("direction_assumed", metric.isDirectionAssumed)
            json.member("usual_unit", usualUnit)
            json.member("claim_count", claimCount)
            json.member("status", status)
            json.name("set_by")
            json.value(json: setBy)
        }
    }
}
