package dev.lanewise.nn.recurrent;

import dev.lanewise.Shape;
import dev.lanewise.nn.LayerPass;
import dev.lanewise.nn.PassBenchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// A recurrent layer over a sequence, with all states as output: its value, pushes, and pulls for x̄ and θ̄, beside the
/// gemm.
///
/// A fork measures all passes of a shape, one per iteration.
public class RecurrentBenchmark extends PassBenchmark {

  @Param({"LSTM", "GRU", "RNN"})
  public String cell;

  /// Features and hidden units.
  @Param({"32-64", "128-128"})
  public String widths;

  /// Steps of a sequence; 1 for a cell by itself.
  @Param("50")
  public int steps;

  /// Names of [LayerPass], small ones first.
  @Param("b1.value-b1.push16-b1.pull_all-b32.value-b32.push16-b32.pull_all")
  public String passes;

  @Setup
  public void prepare() {
    int dash = widths.indexOf('-');
    Recurrent layer = layer(Integer.parseInt(widths.substring(0, dash)), Integer.parseInt(widths.substring(dash + 1)));
    prepare(passes, layer, Shape.of(steps, layer.in()), pass -> new PlainRecurrence(layer, steps, pass).check());
  }

  private Recurrent layer(int in, int hidden) {
    return switch (cell) {
      case "LSTM" -> new Lstm(in, hidden);
      case "GRU" -> new Gru(in, hidden);
      case "RNN" -> new Rnn(in, hidden);
      default -> throw new IllegalArgumentException("cell is " + cell + ", expected LSTM, GRU or RNN");
    };
  }
}
