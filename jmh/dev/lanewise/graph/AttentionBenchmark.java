package dev.lanewise.graph;

import dev.lanewise.nn.LayerPass;
import dev.lanewise.nn.PassBenchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// An attention block from an expression: its value, pushes and pulls, beside the gemm.
///
/// A fork measures all passes, one per iteration.
public class AttentionBenchmark extends PassBenchmark {

  /// Names of [LayerPass], small ones first.
  @Param("b1.value-b1.push-b1.pull-b1.push16-b1.pull16")
  public String passes;

  @Setup
  public void prepare() {
    Expressions attention = Expressions.attention(Expressions.TIME, Expressions.FEATURES);
    prepare(passes, attention.layer(), attention.sample(), PlainAttention::check);
  }
}
