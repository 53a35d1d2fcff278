package dev.lanewise.graph;

import dev.lanewise.Precision;
import dev.lanewise.kernel.BesideGemm;
import dev.lanewise.kernel.TimedBenchmark;
import dev.lanewise.nn.LayerPass;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// An attention block by an expression: its value, pushes and pulls, beside the gemm.
///
/// A fork measures all passes, one an iteration.
public class AttentionBenchmark extends TimedBenchmark {

  /// By the names of [LayerPass], small ones first.
  @Param("b1.value-b1.push-b1.pull-b1.push16-b1.pull16")
  public String passes;

  @Param("FLOAT")
  public Precision precision;

  private BesideGemm turns;

  @Setup
  public void prepare() {
    Expressions attention = Expressions.attention(Expressions.TIME, Expressions.FEATURES);
    List<LayerPass> all = Stream.of(passes.split("-"))
        .map(name -> new LayerPass(name, attention.layer(), attention.sample(), precision)).toList();
    all.forEach(PlainAttention::check);
    turns = new BesideGemm(precision, all);
  }

  @Setup(Level.Iteration)
  public void moveOn() {
    turns.moveOn();
  }

  @Benchmark
  public void round(BesideGemm.Times times) {
    turns.round(times);
  }
}
