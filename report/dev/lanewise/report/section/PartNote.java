package dev.lanewise.report.section;

import dev.lanewise.report.content.Section;
import dev.lanewise.report.result.Parts;
import dev.lanewise.report.result.Suite;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Marks sections that come from a run merged into the report with its date and commit.
final class PartNote {

  private static final Map<String, List<Suite>> SUITES = Map.of(
      "peers", List.of(Suite.PEERS),
      "elementwise", List.of(Suite.ELEMENTWISE_PEERS),
      "layer-peers", List.of(Suite.CONVOLUTION_PEERS, Suite.NETWORK_PEERS));

  private PartNote() {}

  static Section on(Section section, Parts parts) {
    Optional<String> apart = SUITES.getOrDefault(section.id(), List.of()).stream().map(parts::apart)
        .flatMap(Optional::stream).findFirst();
    return apart.map(run -> section.withLead(section.lead() + " Other libraries were measured in " + run + "."))
        .orElse(section);
  }
}
