package dev.lanewise.nn;

import dev.lanewise.Layer;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.kernel.BesideGemm;
import dev.lanewise.kernel.TimedBenchmark;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// Passes of one layer in turn with the gemm. A fork measures all passes, one per iteration.
public abstract class PassBenchmark extends TimedBenchmark {

  @Param("FLOAT")
  public Precision precision;

  private BesideGemm turns;

  /// Checks the passes and compiles them.
  ///
  /// @param passes names of [LayerPass] separated by dashes, small ones first
  /// @param sample the shape of one
  protected final void prepare(String passes, Layer layer, Shape sample, Consumer<LayerPass> check) {
    List<LayerPass> all =
        Stream.of(passes.split("-")).map(name -> new LayerPass(name, layer, sample, precision)).toList();
    all.forEach(check);
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
