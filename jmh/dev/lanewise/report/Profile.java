package dev.lanewise.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How much is measured: the design of the experiment in four sizes, that of planned Jacobians alone, and the comparison
/// with other libraries in four.
enum Profile {
  /// Seconds: only whether everything still runs.
  SMOKE(1, 3, 20, Duration.ofHours(1)),
  /// Minutes: the verdict on one precision, and a look at the rest.
  QUICK(1, 5, 50, Duration.ofSeconds(260)),
  /// Half an hour: both precisions, chunks, every kernel.
  STANDARD(2, 5, 100, Duration.ofMinutes(26)),
  /// Hours: architectures as well.
  FULL(2, 10, 100, Duration.ofDays(2)),
  /// Eight minutes: Jacobians planned once only, beside the gemm's rate.
  JACOBIANS(1, 10, 100, Duration.ofHours(2)),
  /// Seconds: only whether the rivals still run. Needs Maven's profile of that name.
  PEERS_SMOKE(0, 3, 1, Duration.ofHours(1)),
  /// Minutes: the elementwise functions only.
  PEERS_ELEMENTWISE(0, 15, 1, Duration.ofHours(2)),
  /// Half an hour or more: the gemm on one thread as well. An iteration is a round, which lasts longer than the time given here.
  PEERS_ONE_THREAD(0, 15, 1, Duration.ofHours(2)),
  /// An hour: where products are large on two threads as well.
  PEERS(0, 15, 1, Duration.ofHours(2));

  /// Iterations of JMH after [dev.lanewise.kernel.SteadyState], and how long each lasts.
  final int warmups;
  final int iterations;
  final int millis;

  /// After this time no block is repeated: each has had one fork at least.
  final Duration time;

  Profile(int warmups, int iterations, int millis, Duration time) {
    this.time = time;
    this.warmups = warmups;
    this.iterations = iterations;
    this.millis = millis;
  }

  /// As on the command line.
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Inputs, and outputs: every pair is measured.
  private static final List<Integer> FEW = List.of(4, 64);
  private static final List<Integer> WIDE_AXIS = List.of(2, 32, 256);
  private static final List<Integer> AXIS = List.of(1, 4, 16, 64, 256);
  private static final List<Integer> LONG_AXIS = List.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 512);
  private static final List<Integer> DEPTHS = List.of(1, 2, 3, 5);
  private static final List<Integer> WIDTHS = List.of(16, 64, 256);
  /// Three: the median of two is their mean, and one iteration in a few thousand meets code that is being compiled again.
  private static final int PASSES = 3;
  private static final List<String> ACTIVATIONS =
      List.of("IDENTITY", "RELU", "LEAKY_RELU", "SIGMOID", "TANH", "GELU", "SOFTPLUS", "ELU", "SILU");
  private static final List<String> FUNCTIONS = List.of("EXP", "RELU", "SIGMOID", "TANH", "GELU", "SOFTPLUS", "ELU", "SILU");
  private static final List<String> NETWORKS = List.of("digits-mlp", "digits-autoencoder", "diabetes-mlp");
  private static final List<String> PLANNED = List.of("4-64-64-64-2", "64-64-64-64-64", "16-64-64-64-1024", "1024-64-64-64-16",
      "512-64-64-64-512", "4-256-256-256-64", "256-256-256-256-256", "16-256-256-256-1024", "1024-256-256-256-16",
      "1024-256-256-256-1024", "digits-autoencoder", "784-1000-500-250-30-250-500-1000-784");
  private static final List<String> FORMS = List.of("X_WT", "Y_W", "UT_X");
  private static final List<String> EPILOGUES = List.of("VALUE", "VALUE_AND_SLOPE", "PUSH");
  private static final List<String> PRECISIONS = List.of("FLOAT", "DOUBLE");
  private static final String ELEMENTWISE = "kernel.ElementwiseBenchmark.round";
  private static final String ELEMENTWISE_PEERS = "kernel.ElementwisePeersBenchmark.round";
  /// Numbers that fit the first cache, the second, and none.
  private static final List<Integer> SIZES = List.of(1 << 10, 1 << 16, 1 << 24);

  /// Everything that is to be measured, in no particular order.
  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    switch (this) {
      case SMOKE -> {
        grid(blocks, 2, FEW, Setting.of("FLOAT", 1));
        grid(blocks, 1, FEW, Setting.of("FLOAT", 1).with(1, 16, "RELU").elided());
        networks(blocks, 1, List.of("digits-mlp"), List.of("FLOAT"), List.of(1));
        gemm(blocks, 1, List.of(256), List.of("X_WT"), List.of("FLOAT"));
        activations(blocks, 1, List.of("TANH"), List.of("value"), List.of("FLOAT"), List.of(1024));
        accuracy(blocks, 100_003, 1 << 12);
        planned(blocks, 1, PLANNED.subList(0, 1), List.of("FLOAT"), 2);
      }
      case QUICK -> {
        grid(blocks, 6, AXIS, Setting.of("FLOAT", 1));
        grid(blocks, 3, WIDE_AXIS, Setting.of("FLOAT", 64));
        grid(blocks, 2, WIDE_AXIS, Setting.of("FLOAT", 1).elided());
        grid(blocks, 2, WIDE_AXIS, Setting.of("FLOAT", 1).with(1, 256, "RELU"));
        grid(blocks, 2, WIDE_AXIS, Setting.of("FLOAT", 1).with(5, 16, "TANH"));
        networks(blocks, 1, NETWORKS.subList(0, 2), List.of("FLOAT"), List.of(1));
        gemm(blocks, 1, List.of(256, 512, 1024), List.of("X_WT"), List.of("FLOAT"));
        gemm(blocks, 1, List.of(512), List.of("X_WT"), List.of("DOUBLE"));
        epilogues(blocks, 1, List.of("FLOAT"), List.of("VALUE"));
        activations(blocks, 1, List.of("TANH", "GELU"), List.of("value"), List.of("FLOAT"), List.of(1024));
        elementwise(blocks, 1, ELEMENTWISE, List.of("EXP", "TANH"), List.of("FLOAT"), List.of(1 << 10));
        accuracy(blocks, 1021, 100_000);
        planned(blocks, 1, List.of("digits-autoencoder"), List.of("FLOAT"), 6);
      }
      case STANDARD -> {
        for (String precision : PRECISIONS) {
          grid(blocks, 8, AXIS, Setting.of(precision, 1));
          grid(blocks, 5, AXIS, Setting.of(precision, 64));
          grid(blocks, 4, AXIS, Setting.of(precision, 1).elided());
        }
        for (int depth : DEPTHS) {
          for (int width : WIDTHS) {
            // Half of the combinations: each depth with each width, each activation as often as the other with each of them.
            boolean tanh = (DEPTHS.indexOf(depth) + WIDTHS.indexOf(width)) % 2 == 0;
            grid(blocks, 3, WIDE_AXIS, Setting.of("FLOAT", 1).with(depth, width, tanh ? "TANH" : "RELU"));
          }
        }
        networks(blocks, 2, NETWORKS, PRECISIONS, List.of(1, 64));
        gemm(blocks, 1, List.of(64, 128, 256, 512, 1024), FORMS, PRECISIONS);
        epilogues(blocks, 1, PRECISIONS, EPILOGUES);
        activations(blocks, 1, ACTIVATIONS, List.of("value"), PRECISIONS, List.of(1024));
        elementwise(blocks, 1, ELEMENTWISE, FUNCTIONS, PRECISIONS, SIZES);
        accuracy(blocks, 101, 1_000_000);
        planned(blocks, 1, PLANNED, List.of("FLOAT"), 200);
      }
      case FULL -> {
        for (String precision : PRECISIONS) {
          for (int chunk : new int[] {1, 4, 16, 512}) {
            grid(blocks, 10, LONG_AXIS, Setting.of(precision, chunk));
          }
          grid(blocks, 10, LONG_AXIS, Setting.of(precision, 1).elided());
          grid(blocks, 10, LONG_AXIS, Setting.of(precision, 512).elided());
          for (int depth : DEPTHS) {
            for (int width : WIDTHS) {
              grid(blocks, 6, AXIS, Setting.of(precision, 1).with(depth, width, "TANH"));
              grid(blocks, 6, AXIS, Setting.of(precision, 1).with(depth, width, "RELU"));
              grid(blocks, 6, AXIS, Setting.of(precision, 512).with(depth, width, "TANH"));
              grid(blocks, 6, AXIS, Setting.of(precision, 1).with(depth, width, "TANH").elided());
            }
          }
        }
        networks(blocks, 5, NETWORKS, PRECISIONS, List.of(1, 4, 16, 64));
        gemm(blocks, 5, List.of(64, 128, 256, 512, 1024), FORMS, PRECISIONS);
        epilogues(blocks, 3, PRECISIONS, EPILOGUES);
        activations(blocks, 3, ACTIVATIONS, List.of("value", "valueAndSlope"), PRECISIONS, List.of(1024, 1 << 20));
        elementwise(blocks, 3, ELEMENTWISE, FUNCTIONS, PRECISIONS, SIZES);
        accuracy(blocks, 101, 1_000_000);
        planned(blocks, 5, PLANNED, PRECISIONS, 200);
      }
      case JACOBIANS -> {
        planned(blocks, 2, PLANNED, List.of("FLOAT"), 200);
        gemm(blocks, 2, List.of(512), List.of("X_WT"), List.of("FLOAT"));
      }
      case PEERS_SMOKE -> {
        peers(blocks, PeerShapes.few(), List.of("FLOAT"), 1);
        elementwise(blocks, 1, ELEMENTWISE_PEERS, List.of("TANH"), List.of("FLOAT"), List.of(1 << 10));
      }
      case PEERS_ELEMENTWISE -> elementwise(blocks, 1, ELEMENTWISE_PEERS, List.of("EXP", "TANH"), PRECISIONS, SIZES);
      case PEERS_ONE_THREAD -> {
        blocks.addAll(PEERS_ELEMENTWISE.blocks());
        peers(blocks, PeerShapes.all(), PRECISIONS, 1);
      }
      case PEERS -> {
        blocks.addAll(PEERS_ONE_THREAD.blocks());
        peers(blocks, PeerShapes.large(), PRECISIONS, 2);
      }
    }
    return blocks.stream().distinct().toList();
  }

  /// One trial has all pairs in it, each one PASSES times.
  private static void grid(List<Block> blocks, int forks, List<Integer> axis, Setting setting) {
    if (blocks.stream().anyMatch(block -> block.measures(setting))) {
      return;
    }
    String cells = String.join("-", axis.stream().map(String::valueOf).toList());
    blocks.add(new Block(forks, List.of(Trial.of("Jacobians", Cell.BENCHMARK, "cells", cells, "chunk", setting.chunk(),
        "depth", setting.depth(), "width", setting.width(), "activation", setting.activation(), "seeding", setting.seeding(),
        "precision", setting.precision()).withSubjects(PASSES * axis.size() * axis.size()))));
  }

  private static void networks(List<Block> blocks, int forks, List<String> names, List<String> precisions, List<Integer> chunks) {
    for (String name : names) {
      for (String precision : precisions) {
        for (int chunk : chunks) {
          blocks.add(new Block(forks, List.of(network("FORWARD", name, precision, chunk), network("REVERSE", name, precision, chunk))));
        }
      }
    }
  }

  private static Trial network(String mode, String name, String precision, int chunk) {
    return Trial.of("networks", "autodiff.NetworkBenchmark.jacobian",
        "mode", mode, "network", name, "precision", precision, "chunk", chunk);
  }

  /// Jacobians planned once: one trial has all modes in it, each iteration of the last one another of `random` networks.
  private static void planned(List<Block> blocks, int forks, List<String> networks, List<String> precisions, int random) {
    for (String network : networks) {
      for (String precision : precisions) {
        blocks.add(new Block(forks, List.of(
            Trial.of("planned", "autodiff.PlanBenchmark.round", "network", network, "precision", precision))));
      }
    }
    blocks.add(new Block(forks > 1 ? 5 : 1, List.of(Trial.of("planned", "autodiff.TinyBenchmark.round"))));
    blocks.add(new Block(1, List.of(Trial.of("planned", Regret.BENCHMARK).withSubjects(random))));
  }

  private static void gemm(List<Block> blocks, int forks, List<Integer> sizes, List<String> forms, List<String> precisions) {
    for (String precision : precisions) {
      List<Trial> trials = new ArrayList<>();
      for (int n : sizes) {
        for (String form : forms) {
          trials.add(Trial.of("gemm", "kernel.GemmBenchmark.gemm", "n", n, "form", form, "precision", precision));
        }
      }
      blocks.add(new Block(forks, trials));
    }
  }

  /// One trial has the bare product in it as well.
  private static void epilogues(List<Block> blocks, int forks, List<String> precisions, List<String> epilogues) {
    for (String precision : precisions) {
      for (String epilogue : epilogues) {
        for (String activation : List.of("RELU", "TANH")) {
          for (int n : new int[] {64, 512}) {
            blocks.add(new Block(forks, List.of(Trial.of("epilogues", "kernel.EpilogueBenchmark.round",
                "n", n, "precision", precision, "activation", activation, "epilogue", epilogue))));
          }
        }
      }
    }
  }

  /// One trial has all contestants in it.
  private static void peers(List<Block> blocks, List<String> shapes, List<String> precisions, int threads) {
    for (String shape : shapes) {
      for (String precision : precisions) {
        blocks.add(new Block(1, List.of(
            Trial.of("peers", "kernel.GemmPeersBenchmark.round", "shape", shape, "precision", precision, "threads", threads))));
      }
    }
  }

  /// One trial has the rivals in it as well.
  private static void elementwise(
      List<Block> blocks, int forks, String benchmark, List<String> functions, List<String> precisions, List<Integer> sizes) {
    for (String function : functions) {
      for (String precision : precisions) {
        for (int n : sizes) {
          blocks.add(new Block(forks, List.of(
              Trial.of("elementwise", benchmark, "function", function, "precision", precision, "n", n))));
        }
      }
    }
  }

  /// @param stride between the bit patterns of the floats that are tried; odd
  /// @param samples how many doubles are tried
  private static void accuracy(List<Block> blocks, int stride, int samples) {
    for (String precision : PRECISIONS) {
      blocks.add(new Block(1, List.of(Trial.of("accuracy", "kernel.AccuracyBenchmark.report",
          "precision", precision, "stride", stride, "samples", samples))));
    }
  }

  private static void activations(
      List<Block> blocks, int forks, List<String> names, List<String> methods, List<String> precisions, List<Integer> sizes) {
    for (String name : names) {
      for (String precision : precisions) {
        for (int n : sizes) {
          List<Trial> trials = methods.stream().map(method -> Trial.of("activations", "kernel.ActivationBenchmark." + method,
              "activation", name, "precision", precision, "n", n)).toList();
          blocks.add(new Block(forks, trials));
        }
      }
    }
  }
}
