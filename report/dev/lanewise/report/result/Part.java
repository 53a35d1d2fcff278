package dev.lanewise.report.result;

import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// The measurements of one command, with where and when.
public record Part(RawResult raw, Results results, Machine machine) {

  /// @param raw a result with its machine's facts beside it
  static Part of(RawResult raw) throws Refusal {
    return of(raw, Machine.beside(raw.file()));
  }

  public static Part of(RawResult raw, Machine machine) throws Refusal {
    return new Part(raw, Results.of(raw), machine);
  }

  /// Class and method of all benchmarks measured.
  Set<String> benchmarks() {
    return results.measurements().stream().map(Measurement::benchmark).collect(Collectors.toSet());
  }

  /// JMH's file without the given benchmarks, a list that may be empty.
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
