package dev.lanewise.report.section.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Machine;
import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Refusal;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Suite;
import dev.lanewise.report.section.Findings;
import dev.lanewise.report.verdict.LayeredCell;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the report makes of both modes on convolutional and recurrent networks.
class LayeredSectionTest {

  /// E = 16·2·9 + 8·3 = 312, D = 16, M = 3.
  private static final String CNN = "1x4x4-conv2-pool-dense3";
  /// E = 2·16 + 16·3·9 = 464, D = 2, M = 48.
  private static final String DECODER = "2-dense16-1x4x4-conv3";
  /// E = 5·4·8·(3 + 8) = 1760, D = 15, M = 8.
  private static final String LSTM = "5x3-lstm8";

  private final Summary summary = new Summary();

  @BeforeAll
  static void withoutDisplay() {
    System.setProperty("java.awt.headless", "true");
  }

  /// The decoder's forward mode is the slower one, against the claim.
  private static Results results(double decoderForward) {
    return new Results(List.of(new Measurement(Suite.LAYERED.benchmark,
        Map.of("networks", CNN + "/" + DECODER + "/" + LSTM, "chunk", "1", "precision", "FLOAT"),
        new double[][] {{9, 9, 9}, {9, 9, 9}}, Map.of(
            "network", new double[][] {{0, 1, 2}, {2, 0, 1}},
            "forward", new double[][] {{400, 800, 500}, {600, 400, 800}},
            "reverse", new double[][] {{100, 200, 500}, {600, 100, 200}},
            "forwardMultiplyAdds",
            new double[][] {{312 * 17, decoderForward, 1760 * 16}, {1760 * 16, 312 * 17, decoderForward}},
            "reverseMultiplyAdds", new double[][] {{312 * 4, 464 * 49, 1760 * 9}, {1760 * 9, 312 * 4, 464 * 49}}))),
            "");
  }

  @Test
  void timesAndCountsStandUnderTheKindOfNetwork() throws Refusal {
    List<LayeredCell> cells = LayeredCell.of(results(464 * 3));
    assertEquals(List.of("cnn", "decoder", "lstm"), cells.stream().map(LayeredCell::family).toList());
    Section section = LayeredSection.of(cells, summary).orElseThrow();
    assertEquals("5304", summary.text("cell.float.cnn.d16.m3.forward_multiply_adds"));
    assertEquals("22736", summary.text("cell.float.decoder.d2.m48.reverse_multiply_adds"));
    assertEquals("550", summary.text("cell.float.lstm.d15.m8.reverse_ns"));
    assertEquals("2", summary.text("cell.float.cnn.d16.m3.log2_ratio"));
    assertEquals(List.of("1×4×4, conv2, pool, dense3", "1", "16×3", "5,304", "1,248"),
        section.tables().getFirst().rows().getFirst().subList(0, 5));
    assertEquals(List.of("agrees", "DISAGREES", "tie"),
        section.tables().getFirst().rows().stream().map(List::getLast).toList());
  }

  @Test
  void whatDisagreesIsNamed() throws Refusal {
    Section section = LayeredSection.of(LayeredCell.of(results(464 * 3)), summary).orElseThrow();
    assertTrue(section.lead().contains("in 3 of 3 cells"), section.lead());
    assertTrue(section.lead().contains("in 1 of the 2 with D and M a factor of two or more apart, "
        + "not in decoder 2×48 (log₂ ratio 2)"), section.lead());
    assertEquals("1", summary.text("claim.layered.signs_agreeing"));
    assertEquals("2", summary.text("claim.layered.signs_decided"));
    assertEquals("3", summary.text("claim.layered.counts_as_formula"));
    assertTrue(section.pictures().getFirst().csv().endsWith(LSTM + ",15,8,550.00,550.00,28160,15840\n"),
        section.pictures().getFirst().csv());
  }

  @Test
  void aCountThatIsNotTheFormulasFailsTheReport() throws Refusal {
    Findings.of(results(464 * 3), new Machine(Map.of()), List.of()).requireCounts();
    Findings findings = Findings.of(results(464 * 3 + 1), new Machine(Map.of()), List.of());
    assertEquals("2", findings.summary().text("claim.layered.counts_as_formula"));
    String message = assertThrows(Refusal.class, findings::requireCounts).getMessage();
    assertTrue(message.startsWith(DECODER
        + ": took 1393 multiply-adds forward and 22736 reverse, expected E + D·E and E + M·E with E = 464"), message);
  }

  @Test
  void aForkWithoutOneOfThemIsRefused() {
    Results all = results(464 * 3);
    all.measurements().getFirst().counters().get("network")[1][0] = 0;
    assertTrue(assertThrows(Refusal.class, () -> LayeredCell.of(all)).getMessage()
        .contains("has a fork without " + LSTM));
  }

  @Test
  void aNameThatSaysNoLayersIsRefused() {
    for (String name : List.of("rnn", "5x3-gru8", "8-conv3", "5x3-lstm", "")) {
      Results unknown = new Results(
          List.of(new Measurement(Suite.LAYERED.benchmark, Map.of("networks", name, "chunk", "1", "precision", "FLOAT"),
          new double[][] {{1}}, results(1).measurements().getFirst().counters())), "");
      assertTrue(assertThrows(Refusal.class, () -> LayeredCell.of(unknown), name).getMessage()
          .contains("has a network " + name + ","), name);
    }
  }

  @Test
  void withoutThemThereIsNoSection() throws Refusal {
    assertTrue(LayeredSection.of(LayeredCell.of(new Results(List.of(), "")), summary).isEmpty());
  }
}
