package dev.lanewise.report.run;

import dev.lanewise.report.result.Jvm;
import dev.lanewise.report.result.Setting;
import dev.lanewise.report.result.Suite;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How much is measured: the experiment in four sizes, planned Jacobians alone, and the comparison with other libraries
/// in five sizes.
public enum Profile {
  /// Minutes: checks only that everything still runs.
  SMOKE(1, 3, 20, Duration.ofHours(1)),
  /// Minutes: the verdict in one precision, and a sample of everything else.
  QUICK(1, 5, 50, Duration.ofSeconds(270)),
  /// Half an hour: both precisions, chunks, every kernel.
  STANDARD(2, 5, 100, Duration.ofMinutes(26)),
  /// Hours: architectures as well.
  FULL(2, 10, 100, Duration.ofDays(2)),
  /// Eight minutes: planned Jacobians only, beside the gemm's rate.
  JACOBIANS(1, 10, 100, Duration.ofHours(2)),
  /// Seconds: checks only that the rivals still run. Needs Maven's profile `peers`.
  PEERS_SMOKE(0, 3, 1, Duration.ofHours(1)),
  /// Minutes: the elementwise functions only.
  PEERS_ELEMENTWISE(0, 15, 1, Duration.ofHours(2)),
  /// Minutes: convolutions, an LSTM, and training steps only.
  PEERS_LAYERS(0, 15, 1, Duration.ofHours(2)),
  /// A quarter of an hour: the gemm only, on one thread, at forty shapes, beside native libraries. An iteration is a
  /// round, which takes longer than the time given here.
  PEERS_ONE_THREAD(0, 15, 1, Duration.ofHours(2)),
  /// An hour: all of these, with the gemm at every shape also beside the JVM's libraries, and large products also on
  /// two threads.
  PEERS(0, 15, 1, Duration.ofHours(2));

  /// Iterations of JMH after [dev.lanewise.kernel.SteadyState], and how long each lasts.
  final int warmups;
  final int iterations;
  final int millis;

  /// After this time a block that has the forks it needs is not repeated, see [Trial#leastForks].
  final Duration time;

  Profile(int warmups, int iterations, int millis, Duration time) {
    this.time = time;
    this.warmups = warmups;
    this.iterations = iterations;
    this.millis = millis;
  }

  /// Whether this is a comparison with other libraries that is merged into the last report, which excludes
  /// [#PEERS_SMOKE].
  public boolean isMerged() {
    return name().startsWith("PEERS") && this != PEERS_SMOKE;
  }

  /// The name on the command line.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Some twenty turns of both modes.
  private static final int MILLIS_OF_A_PAIR = 12;
  private static final List<Integer> DEPTHS = List.of(1, 2, 3, 5);
  private static final List<Integer> WIDTHS = List.of(16, 64, 256);
  private static final List<String> ACTIVATIONS =
      List.of("IDENTITY", "RELU", "LEAKY_RELU", "SIGMOID", "TANH", "GELU", "SOFTPLUS", "ELU", "SILU", "MISH");
  private static final List<String> FUNCTIONS = List.of("EXP", "RELU", "SIGMOID", "TANH", "GELU", "SOFTPLUS", "ELU",
      "SILU", "MISH");
  private static final List<String> SHAPES = List.of(
      "1-16.28x28.3x3", "16-32.14x14.3x3", "32-64.28x28.3x3", "32-64.28x28.1x1", "32-32.28x28.3x3.g32");
  private static final List<String> CONVOLVED = List.of(
      "b1.value", "b1.push16", "b1.pull16", "b1.pull", "b1.theta", "b32.value", "b32.push", "b32.pull", "b32.theta");
  private static final List<String> FEW_CONVOLVED = List.of("b1.value", "b1.push16", "b1.pull16", "b1.theta",
      "b32.value", "b32.pull", "b32.theta");
  private static final List<String> CELLS = List.of("LSTM", "GRU", "RNN");
  private static final List<String> CELL_WIDTHS = List.of("32-64", "128-128");
  private static final List<String> SWEPT = List.of("b1.value", "b1.push16", "b1.pull_all", "b32.value", "b32.push16",
      "b32.pull_all");
  private static final List<String> FEW_SWEPT = List.of("b1.value", "b1.push16", "b1.pull_all", "b32.value",
      "b32.pull_all");
  private static final int STEPS_OF_A_SEQUENCE = 50;
  private static final List<String> ATTENDED = List.of("b1.value", "b1.push", "b1.pull", "b1.push16", "b1.pull16");
  private static final List<String> FORMS = List.of("X_WT", "Y_W", "UT_X");
  private static final List<String> EPILOGUES = List.of("VALUE", "VALUE_AND_SLOPE", "PUSH");
  private static final List<String> STAGES = List.of("RELU", "TANH");
  private static final List<String> FLOAT = List.of("FLOAT");
  private static final List<String> PRECISIONS = List.of("FLOAT", "DOUBLE");
  private static final String ELEMENTWISE = Suite.ELEMENTWISE.benchmark;
  private static final String ELEMENTWISE_PEERS = Suite.ELEMENTWISE_PEERS.benchmark;
  private static final List<Integer> BOTTLENECKS = List.of(1, 2, 4, 8, 16, 32, 64, 128);
  private static final List<Integer> CHUNKS = List.of(1, 4, 16, 64, 256, 1024);
  private static final List<Integer> ALL_CHUNKS = List.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024);
  private static final List<String> KERNELS = List.of("relu", "slope", "push1", "push4", "push16", "push64",
      "pull1", "pull4", "pull16", "pull64", "square64", "square256", "square1024");
  private static final List<String> FEW_KERNELS = List.of("relu", "push1", "push16", "pull1", "pull16", "square64",
      "square1024");
  /// Numbers of elements that fit the first cache, the second, and neither.
  private static final List<Integer> SIZES = List.of(1 << 10, 1 << 16, 1 << 24);

  /// All blocks to measure, in no particular order.
  public List<Block> blocks() {
    Design design = new Design(Math.max(MILLIS_OF_A_PAIR, millis / 4));
    switch (this) {
      case SMOKE -> {
        design.sketch(2, Setting.of("FLOAT", 1));
        design.sketch(1, Setting.of("FLOAT", 1).with(1, 16, "RELU").elided());
        design.sketch(1, Setting.of("FLOAT", 1).on(Optional.of(Jvm.SERIAL)));
        design.sketch(1, Setting.of("FLOAT", 1).on(Optional.of(Jvm.COMPACT)));
        design.calls(1, Setting.of("FLOAT", 1));
        design.layered(1, Networks.LAYERED.subList(2, 5), "FLOAT", 1);
        design.networks(1, List.of("digits-mlp"), FLOAT, List.of(1));
        design.gemm(1, List.of(256), List.of("X_WT"), FLOAT);
        design.activations(1, List.of("TANH"), List.of("value"), FLOAT, List.of(1024));
        design.accuracy(PRECISIONS, 100_003, 1 << 12);
        design.planned(1, Networks.PLANNED.subList(0, 1), FLOAT, 2);
        design.steps(1, List.of(Networks.STEPS.getFirst(), Networks.LAYERED_STEPS.getFirst()), 1);
        design.expressions(1, Networks.EXPRESSIONS.subList(1, 2), ATTENDED.subList(0, 1), FLOAT);
        design.models();
        design.bottlenecks(1, List.of(4, 64), FLOAT);
        design.memory(Networks.PANELS.subList(0, 1), CHUNKS);
        design.roofline(1, List.of("relu", "push1", "square64"), FLOAT);
        design.convolutions(1, SHAPES.subList(1, 2), List.of("b1.value", "b1.theta"), FLOAT);
        design.recurrence(1, CELLS.subList(0, 1), CELL_WIDTHS.subList(0, 1), List.of(STEPS_OF_A_SEQUENCE),
            List.of("b1.value", "b1.pull_all"), FLOAT);
      }
      case QUICK -> {
        design.grid(6, Setting.of("FLOAT", 1));
        design.grid(6, Setting.of("FLOAT", 64));
        design.grid(6, Setting.of("FLOAT", 1).elided());
        design.grid(6, Setting.of("FLOAT", 1).on(Optional.of(Jvm.SERIAL)));
        design.calls(1, Setting.of("FLOAT", 1));
        design.networks(1, Networks.NETWORKS.subList(0, 1), FLOAT, List.of(1));
        design.gemm(1, List.of(512), List.of("X_WT"), FLOAT);
        design.planned(1, List.of("digits-autoencoder"), FLOAT, 2);
        design.memory(Networks.PANELS.subList(0, 1), CHUNKS);
        design.roofline(1, FEW_KERNELS, FLOAT);
        design.convolutions(1, SHAPES.subList(2, 3), FEW_CONVOLVED, FLOAT);
        design.recurrence(1, CELLS.subList(0, 1), CELL_WIDTHS.subList(0, 1), List.of(STEPS_OF_A_SEQUENCE), FEW_SWEPT,
            FLOAT);
      }
      case STANDARD -> {
        design.grid(8, Setting.of("FLOAT", 1));
        design.grid(6, Setting.of("DOUBLE", 1));
        for (String precision : PRECISIONS) {
          design.grid(6, Setting.of(precision, 64));
          design.grid(6, Setting.of(precision, 1).elided());
          design.calls(1, Setting.of(precision, 1));
        }
        others(design, 6, "FLOAT");
        design.calls(1, Setting.of("FLOAT", 64));
        design.calls(1, Setting.of("FLOAT", 1).elided());
        callsOfOthers(design, 1, "FLOAT");
        narrowed(design, 1, 1, "FLOAT");
        for (int depth : DEPTHS) {
          for (int width : WIDTHS) {
            // Half of the combinations: each depth meets each width, and each activation meets each depth and width
            // equally often.
            boolean tanh = (DEPTHS.indexOf(depth) + WIDTHS.indexOf(width)) % 2 == 0;
            design.grid(2, Setting.of("FLOAT", 1).with(depth, width, tanh ? "TANH" : "RELU"));
          }
        }
        design.layered(3, Networks.LAYERED, "FLOAT", 1);
        design.layered(1, Networks.LAYERED, "FLOAT", 64);
        design.networks(1, Networks.NETWORKS, PRECISIONS, List.of(1, 64));
        design.gemm(1, List.of(64, 128, 256, 512, 1024), FORMS, PRECISIONS);
        design.epilogues(1, PRECISIONS, EPILOGUES, List.of("TANH"));
        design.activations(1, ACTIVATIONS, List.of("value"), PRECISIONS, List.of(1024));
        design.elementwise(1, ELEMENTWISE, FUNCTIONS, PRECISIONS, SIZES.subList(0, 1));
        design.elementwise(1, ELEMENTWISE, FUNCTIONS, FLOAT, SIZES.subList(2, 3));
        design.accuracy(PRECISIONS, 101, 1_000_000);
        design.planned(1, Networks.PLANNED, FLOAT, 200);
        design.steps(1, Networks.STEPS, 1);
        design.steps(1, Networks.LAYERED_STEPS, 1);
        design.steps(1, Networks.STEPS.subList(7, 8), 2);
        design.expressions(1, Networks.EXPRESSIONS, ATTENDED, PRECISIONS);
        design.models();
        design.bottlenecks(1, BOTTLENECKS, PRECISIONS);
        design.memory(Networks.PANELS, ALL_CHUNKS);
        design.roofline(1, KERNELS, PRECISIONS);
        design.convolutions(1, SHAPES, CONVOLVED, FLOAT);
        design.recurrence(1, CELLS.subList(0, 1), CELL_WIDTHS, List.of(STEPS_OF_A_SEQUENCE), SWEPT, FLOAT);
      }
      case FULL -> {
        for (String precision : PRECISIONS) {
          for (int chunk : new int[] {1, 4, 16, 64, 512}) {
            design.grid(10, Setting.of(precision, chunk));
          }
          others(design, 10, precision);
          design.grid(10, Setting.of(precision, 1).elided());
          design.grid(10, Setting.of(precision, 512).elided());
          calls(design, 6, precision, 64);
          callsOfOthers(design, 6, precision);
          narrowed(design, 6, 6, precision);
          for (int depth : DEPTHS) {
            for (int width : WIDTHS) {
              design.grid(6, Setting.of(precision, 1).with(depth, width, "TANH"));
              design.grid(6, Setting.of(precision, 1).with(depth, width, "RELU"));
              design.grid(6, Setting.of(precision, 512).with(depth, width, "TANH"));
              design.grid(6, Setting.of(precision, 1).with(depth, width, "TANH").elided());
            }
          }
        }
        for (String precision : PRECISIONS) {
          design.layered(5, Networks.LAYERED, precision, 1);
          design.layered(5, Networks.LAYERED, precision, 64);
        }
        design.networks(5, Networks.NETWORKS, PRECISIONS, List.of(1, 4, 16, 64));
        design.gemm(5, List.of(64, 128, 256, 512, 1024), FORMS, PRECISIONS);
        design.epilogues(3, PRECISIONS, EPILOGUES, STAGES);
        design.activations(3, ACTIVATIONS, List.of("value", "valueAndSlope"), PRECISIONS, List.of(1024, 1 << 20));
        design.elementwise(3, ELEMENTWISE, FUNCTIONS, PRECISIONS, SIZES);
        design.accuracy(PRECISIONS, 101, 1_000_000);
        design.planned(5, Networks.PLANNED, PRECISIONS, 200);
        design.steps(5, Networks.STEPS, 1);
        design.steps(5, Networks.LAYERED_STEPS, 1);
        design.steps(5, Networks.STEPS.subList(7, 8), 2);
        design.expressions(5, Networks.EXPRESSIONS, ATTENDED, PRECISIONS);
        design.models();
        design.bottlenecks(5, BOTTLENECKS, PRECISIONS);
        design.memory(Networks.PANELS, ALL_CHUNKS);
        design.roofline(3, KERNELS, PRECISIONS);
        design.convolutions(5, SHAPES, CONVOLVED, PRECISIONS);
        design.recurrence(5, CELLS, CELL_WIDTHS, List.of(1, STEPS_OF_A_SEQUENCE), SWEPT, PRECISIONS);
      }
      case JACOBIANS -> {
        design.planned(2, Networks.PLANNED, FLOAT, 200);
        design.gemm(2, List.of(512), List.of("X_WT"), FLOAT);
      }
      case PEERS_SMOKE -> {
        design.peers(1, PeerShapes.few(), FLOAT, 1, "ALL", iterations);
        design.elementwise(1, ELEMENTWISE_PEERS, List.of("TANH"), FLOAT, List.of(1 << 10));
        design.layerPeers(SHAPES.subList(1, 2), List.of("VALUE"), List.of("cnn 8x8:STEP"), List.of(1));
        design.stepPeers(Networks.STEP_PEERS.subList(3, 4));
      }
      case PEERS_ELEMENTWISE -> design.elementwise(1, ELEMENTWISE_PEERS, List.of("EXP", "TANH"), PRECISIONS, SIZES);
      case PEERS_LAYERS -> {
        design.layerPeers(SHAPES, List.of("VALUE", "PULL", "THETA"),
            List.of("lstm 32-64:VALUE,GRADIENT", "lstm 128-128:VALUE,GRADIENT", "cnn 8x8:STEP", "cnn 28x28:STEP"),
            List.of(1, 32));
        design.stepPeers(Networks.STEP_PEERS);
      }
      case PEERS_ONE_THREAD -> design.peers(2, PeerShapes.forty(), PRECISIONS, 1, "NATIVE", iterations);
      case PEERS -> {
        design.addAll(PEERS_ELEMENTWISE.blocks());
        design.addAll(PEERS_LAYERS.blocks());
        design.peers(1, PeerShapes.all(), PRECISIONS, 1, "ALL", iterations);
        design.peers(1, PeerShapes.large(), PRECISIONS, 2, "ALL", iterations);
      }
    }
    return design.blocks();
  }

  /// The slides' setting on the other virtual machines.
  private static void others(Design design, int forks, String precision) {
    design.grid(forks, Setting.of(precision, 1).on(Optional.of(Jvm.SERIAL)));
    design.grid(forks, Setting.of(precision, 1).on(Optional.of(Jvm.COMPACT)));
  }

  /// The calls that predict the crossover, in the settings in which the claim is measured on the slides' network.
  private static void calls(Design design, int forks, String precision, int chunk) {
    Setting slides = Setting.of(precision, 1);
    design.calls(forks, slides);
    design.calls(forks, Setting.of(precision, chunk));
    design.calls(forks, slides.elided());
  }

  /// The calls in the slides' setting on the other virtual machines.
  private static void callsOfOthers(Design design, int forks, String precision) {
    design.calls(forks, Setting.of(precision, 1).on(Optional.of(Jvm.SERIAL)));
    design.calls(forks, Setting.of(precision, 1).on(Optional.of(Jvm.COMPACT)));
  }

  /// The slides' setting, and the calls that predict its crossover, with vectors narrower than the machine's.
  private static void narrowed(Design design, int forks, int ofCalls, String precision) {
    for (Jvm jvm : List.of(Jvm.BITS_256, Jvm.BITS_128)) {
      Setting narrow = Setting.of(precision, 1).on(Optional.of(jvm));
      design.grid(forks, narrow);
      design.calls(ofCalls, narrow);
    }
  }

  /// Only the blocks that compare forward with reverse mode, with forward mode made `slowForward` times slower.
  public List<Block> planting(double slowForward) {
    return blocks().stream().filter(block -> block.trials().getFirst().benchmark().equals(Suite.JACOBIANS.benchmark))
        .map(block -> block.planting(slowForward)).toList();
  }
}
