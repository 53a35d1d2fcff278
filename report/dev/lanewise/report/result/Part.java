package dev.lanewise.report.result;

import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// What one command measured, and where and when.
public record Part(RawResult raw, Results results, Machine machine) {

  /// @param raw with its machine's facts beside it
  static Part of(RawResult raw) throws Refusal {
    return of(raw, Machine.beside(raw.file()));
  }

  public static Part of(RawResult raw, Machine machine) throws Refusal {
    return new Part(raw, Results.of(raw), machine);
  }

  /// Class and method of all that was measured.
  Set<String> benchmarks() {
    return results.measurements().stream().map(Measurement::benchmark).collect(Collectors.toSet());
  }

  /// What is left of JMH's file without these; a list, perhaps an empty one.
  ///
  /// @param benchmarks class and method
  byte[] without(Set<String> benchmarks) {
    JsonMapper mapper = JsonMapper.builder().build();
    ArrayNode kept = mapper.createArrayNode();
    mapper.readTree(raw.json()).forEach(entry -> {
      if (!benchmarks.contains(entry.path("benchmark").asString().substring(Results.PACKAGE.length()))) {
        kept.add(entry);
      }
    });
    return mapper.writeValueAsBytes(kept);
  }
}
