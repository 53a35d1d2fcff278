package dev.lanewise.kernel;

import dev.lanewise.Activation;
import dev.lanewise.Ops;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.ops.ConvolutionOps;
import dev.lanewise.ops.Window;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// One pass of a convolution by this library and by oneDNN, interleaved as in [GemmPeersBenchmark], beside this
/// library's product of two 512 × 512 matrices. Float, one thread.
///
/// oneDNN takes part twice: on images whose axes are in order, as ours always are, and in the layout that it prefers,
/// as inside a network that keeps to that layout.
public class ConvolutionPeersBenchmark extends PeersBenchmark {

  /// Nanoseconds of one pass in this round, by contestant.
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Round extends Counters {
    public double lanewise;
    public double onednn;
    public double onednnBlocked;
    public double gemm512;
    public double peakGigaflops;
  }

  private static final int GEMM = 512;

  /// Channels in and out, image, window, groups, batch.
  @Param("32-64 28x28 3x3 g1 b32")
  public String shape;

  @Param({"VALUE", "PULL", "THETA"})
  public String pass;

  private final Peak peak = new Peak();
  private Turns turns;

  @Setup
  public void prepare() {
    report("onednn", OneDnn.version());
    peak.warmUp(Precision.FLOAT);
    ImageProduct product = ImageProduct.of(pass, shape);
    OneDnnConvolution plain = new OneDnnConvolution(product, true);
    OneDnnConvolution blocked = new OneDnnConvolution(product, false);
    Workspace ws = new Workspace();
    Window window = Window.of(product.window()).withPadding(product.window() / 2);
    int size = product.size();
    int groups = product.groups();
    Tensor x = Tensor.of(product.x(), product.batch(), product.in(), size, size);
    Tensor w = Tensor.of(product.w(), product.out(), product.in() / groups, product.window(), product.window());
    Tensor bias = Tensor.of(product.bias(), product.out());
    Tensor y = Tensor.of(product.y(), product.batch(), product.out(), size, size);
    Runnable ours = switch (pass) {
      case "VALUE" -> () -> ConvolutionOps.convolve(
          window, groups, size, size, x, w, bias, Activation.RELU, y, Tensor.none(), false, ws);
      case "PULL" -> () -> ConvolutionOps.pull(
          window, groups, size, size, y, w, Activation.IDENTITY, Tensor.none(), x, false, ws);
      default -> () -> {
        w.fill(0);
        ConvolutionOps.pullWeights(window, groups, size, size, y, x, w, ws);
      };
    };
    ours.run();
    float[] expected = Product.floats((pass.equals("VALUE") ? y : pass.equals("PULL") ? x : w).toDoubles());
    Tensor square = Tensor.zeros(Precision.FLOAT, GEMM, GEMM);
    square.fill(0.5);
    Tensor result = Tensor.zeros(Precision.FLOAT, GEMM, GEMM);
    turns = new Turns(0,
        new Turn(ours, () -> { }), new Turn(plain::run, () -> product.check("onednn", expected, plain.result())),
        new Turn(blocked::run, () -> product.check("onednnBlocked", expected, blocked.result())),
        new Turn(() -> Ops.times(square, square, result, false, ws), () -> { }));
  }

  @Benchmark
  public void round(Round times) {
    times.peakGigaflops = peak.gigaflops(Precision.FLOAT);
    turns.take();
    times.lanewise = turns.nanos(0);
    times.onednn = turns.nanos(1);
    times.onednnBlocked = turns.nanos(2);
    times.gemm512 = turns.nanos(3);
  }
}
