package dev.lanewise.report.run;

import dev.lanewise.report.result.Jvm;
import dev.lanewise.report.result.Setting;
import dev.lanewise.report.result.Suite;
import java.util.ArrayList;
import java.util.List;

/// Collects the blocks of a profile, suite by suite.
final class Design {

  /// Iterations per subject. Three, because one in a few thousand meets code that is being recompiled, and the median
  /// of two is their mean.
  private static final int PASSES = 3;

  /// Products per fork: compiling all contestants takes as long as measuring this many.
  private static final int PEERS_AT_ONCE = 10;

  /// The least number of forks for a verdict.
  private static final int JUDGED = 6;

  private final List<Block> blocks = new ArrayList<>();
  private final int turns;

  /// @param turns milliseconds for which the modes take turns on a pair D × M, before the next
  Design(int turns) {
    this.turns = turns;
  }

  /// The collected blocks, each once, without those for virtual machines that do not exist here.
  List<Block> blocks() {
    return blocks.stream().distinct()
        .filter(block -> block.trials().stream().allMatch(trial -> trial.jvm().isHere())).toList();
  }

  /// Adds the blocks of another profile.
  void addAll(List<Block> others) {
    blocks.addAll(others);
  }

  /// The setting's own pairs: one trial measures all of them, PASSES times each.
  void grid(int forks, Setting setting) {
    grid(forks, ClaimGrid.of(setting), setting);
  }

  /// A few pairs, without a verdict.
  void sketch(int forks, Setting setting) {
    grid(forks, ClaimGrid.SKETCH, setting);
  }

  private void grid(int forks, ClaimGrid grid, Setting setting) {
    if (blocks.stream().anyMatch(block -> block.measures(setting))) {
      return;
    }
    Trial pairs = Trial.of("Jacobians", Suite.JACOBIANS.benchmark, "cells", grid.cells(), "chunk", setting.chunk(),
        "depth", setting.depth(), "width", setting.width(), "activation", setting.activation(),
        "seeding", setting.seeding(), "precision", setting.precision());
    add(forks, pairs.withSubjects(PASSES * grid.size()).lasting(turns)
        .withLeastForks(forks < JUDGED ? 1 : JUDGED).on(setting.other().orElse(Jvm.MAIN)));
  }

  /// The calls that the Jacobians of a setting consist of, on the pairs on which the claim is measured.
  void calls(int forks, Setting setting) {
    Block grid = blocks.stream().filter(block -> block.measures(setting)).findFirst().orElseThrow();
    Trial claim = grid.trials().getFirst();
    add(forks, new Trial("calls", Suite.CALLS.benchmark, claim.params(), claim.subjects(), claim.millis(), 1,
        claim.jvm()));
  }

  /// Trials that are compared with each other.
  private void add(int forks, Trial... compared) {
    blocks.add(new Block(forks, List.of(compared)));
  }

  private static String joined(List<?> values) {
    return String.join("-", values.stream().map(String::valueOf).toList());
  }

  /// One trial measures all widths, PASSES times each.
  void bottlenecks(int forks, List<Integer> widths, List<String> precisions) {
    for (String precision : precisions) {
      add(forks, Trial.of("bottlenecks", Suite.BOTTLENECK.benchmark, "bottlenecks", joined(widths), "precision",
          precision).withSubjects(PASSES * widths.size()));
    }
  }

  /// Bytes are counted, so one pass is enough.
  void memory(List<String> networks, List<Integer> chunks) {
    for (String network : networks) {
      add(1, Trial.of("memory", Suite.MEMORY.benchmark, "network", network, "chunks", joined(chunks), "precision",
          "FLOAT").withSubjects(chunks.size()));
    }
  }

  /// One trial measures all kernels, PASSES times each.
  void roofline(int forks, List<String> kernels, List<String> precisions) {
    for (String precision : precisions) {
      add(forks, Trial.of("roofline", Suite.ROOFLINE.benchmark, "kernels", joined(kernels), "precision",
          precision).withSubjects(PASSES * kernels.size()));
    }
  }

  /// One trial measures all passes of a shape, PASSES times each, and the gemm beside them.
  void convolutions(int forks, List<String> shapes, List<String> passes, List<String> precisions) {
    for (String shape : shapes) {
      for (String precision : precisions) {
        add(forks, Trial.of("convolutions", Suite.CONVOLUTIONS.benchmark, "shape", shape, "passes", joined(passes),
            "precision", precision).withSubjects(PASSES * passes.size()));
      }
    }
  }

  /// Like [#convolutions].
  void recurrence(int forks, List<String> cells, List<String> widths, List<Integer> steps, List<String> passes,
      List<String> precisions) {
    for (String cell : cells) {
      for (String width : widths) {
        for (int time : steps) {
          for (String precision : precisions) {
            add(forks, Trial.of("recurrence", Suite.RECURRENCE.benchmark, "cell", cell, "widths", width, "steps", time,
                "passes", joined(passes), "precision", precision).withSubjects(PASSES * passes.size()));
          }
        }
      }
    }
  }

  /// One trial measures all networks, PASSES times each.
  void layered(int forks, List<String> networks, String precision, int chunk) {
    add(forks, Trial.of("layered", Suite.LAYERED.benchmark, "networks", String.join("/", networks), "precision",
        precision, "chunk", chunk).withSubjects(PASSES * networks.size()));
  }

  /// Layers from expressions. One trial measures both contestants, all modes, or all passes.
  void expressions(int forks, List<String> networks, List<String> passes, List<String> precisions) {
    for (String precision : precisions) {
      add(forks, Trial.of("expressions", Suite.GRAPH_PERCEPTRONS.benchmark, "precision", precision));
      for (String network : networks) {
        add(forks, Trial.of("expressions", Suite.GRAPH_MODES.benchmark, "network", network, "precision", precision));
      }
      if (!passes.isEmpty()) {
        add(forks, Trial.of("expressions", Suite.GRAPH_ATTENTION.benchmark, "passes", joined(passes), "precision",
            precision).withSubjects(PASSES * passes.size()));
      }
    }
    add(forks, Trial.of("expressions", Suite.GRAPH_PRIMITIVES.benchmark));
  }

  void networks(int forks, List<String> names, List<String> precisions, List<Integer> chunks) {
    for (String name : names) {
      for (String precision : precisions) {
        for (int chunk : chunks) {
          add(forks, network("FORWARD", name, precision, chunk), network("REVERSE", name, precision, chunk));
        }
      }
    }
  }

  private static Trial network(String mode, String name, String precision, int chunk) {
    return Trial.of("networks", Suite.NETWORKS.benchmark,
        "mode", mode, "network", name, "precision", precision, "chunk", chunk);
  }

  /// Planned Jacobians: one trial measures all modes. In the last trial each iteration has another of `random`
  /// networks.
  void planned(int forks, List<String> networks, List<String> precisions, int random) {
    for (String network : networks) {
      for (String precision : precisions) {
        add(forks, Trial.of("planned", Suite.PLANNED.benchmark, "network", network, "precision", precision));
      }
    }
    add(forks > 1 ? 5 : 1, Trial.of("planned", Suite.TINY.benchmark));
    add(1, Trial.of("planned", Suite.REGRET.benchmark).withSubjects(random + Math.min(random, 10)));
  }

  /// @param steps each a network, a colon, and the samples of a step
  void steps(int forks, List<String> steps, int threads) {
    for (String step : steps) {
      int colon = step.indexOf(':');
      add(forks, Trial.of("training", Suite.STEPS.benchmark, "network", step.substring(0, colon), "batch",
          step.substring(colon + 1), "precision", "FLOAT", "threads", threads));
    }
  }

  /// The examples' models, trained once.
  void models() {
    add(1, Trial.of("models", Suite.MODELS.benchmark).withSubjects(1));
  }

  void gemm(int forks, List<Integer> sizes, List<String> forms, List<String> precisions) {
    for (String precision : precisions) {
      List<Trial> trials = new ArrayList<>();
      for (int n : sizes) {
        for (String form : forms) {
          trials.add(Trial.of("gemm", Suite.GEMM.benchmark, "n", n, "form", form, "precision", precision));
        }
      }
      blocks.add(new Block(forks, trials));
    }
  }

  /// Each trial also measures the bare product.
  void epilogues(int forks, List<String> precisions, List<String> epilogues, List<String> activations) {
    for (String precision : precisions) {
      for (String epilogue : epilogues) {
        for (String activation : activations) {
          for (int n : new int[] {64, 512}) {
            add(forks, Trial.of("epilogues", Suite.EPILOGUES.benchmark, "n", n, "precision", precision, "activation",
                activation, "epilogue", epilogue));
          }
        }
      }
    }
  }

  /// One trial measures several shapes, each in the given number of rounds, with all contestants.
  ///
  /// @param rivals `NATIVE`, or `ALL` to include the JVM's libraries
  void peers(int forks, List<String> shapes, List<String> precisions, int threads, String rivals, int rounds) {
    for (String precision : precisions) {
      for (int from = 0; from < shapes.size(); from += PEERS_AT_ONCE) {
        List<String> some = shapes.subList(from, Math.min(shapes.size(), from + PEERS_AT_ONCE));
        add(forks, Trial.of("peers", Suite.PEERS.benchmark, "shape", String.join("/", some), "precision", precision,
            "threads", threads, "rivals", rivals, "rounds", rounds).withSubjects(rounds * some.size()));
      }
    }
  }

  /// Like [#peers] for layers and networks, on one thread in float.
  ///
  /// @param shapes as for [#convolutions]
  /// @param networks each a name, a colon, and passes separated by commas
  void layerPeers(List<String> shapes, List<String> passes, List<String> networks, List<Integer> batches) {
    for (int batch : batches) {
      for (String shape : shapes) {
        String[] parts = shape.split("\\.");
        String name = String.join(" ", parts[0], parts[1], parts[2], parts.length > 3 ? parts[3] : "g1", "b" + batch);
        for (String pass : passes) {
          add(1, Trial.of("peers", Suite.CONVOLUTION_PEERS.benchmark, "shape", name, "pass", pass));
        }
      }
      for (String network : networks) {
        int colon = network.indexOf(':');
        for (String pass : network.substring(colon + 1).split(",")) {
          add(1, Trial.of("peers", Suite.NETWORK_PEERS.benchmark, "network", network.substring(0, colon), "batch",
              batch, "pass", pass));
        }
      }
    }
  }

  /// Like [#layerPeers], for training steps of perceptrons.
  ///
  /// @param steps as for [#steps]
  void stepPeers(List<String> steps) {
    for (String step : steps) {
      int colon = step.indexOf(':');
      add(1, Trial.of("peers", Suite.NETWORK_PEERS.benchmark, "network", "mlp " + step.substring(0, colon), "batch",
          step.substring(colon + 1), "pass", "STEP"));
    }
  }

  /// Each trial also measures the rivals.
  void elementwise(int forks, String benchmark, List<String> functions, List<String> precisions, List<Integer> sizes) {
    for (String function : functions) {
      for (String precision : precisions) {
        for (int n : sizes) {
          add(forks, Trial.of("elementwise", benchmark, "function", function, "precision", precision, "n", n));
        }
      }
    }
  }

  /// @param stride the stride between the bit patterns of the floats that are tried; odd
  /// @param samples the number of doubles that are tried
  void accuracy(List<String> precisions, int stride, int samples) {
    for (String precision : precisions) {
      add(1, Trial.of("accuracy", Suite.ACCURACY.benchmark, "precision", precision, "stride", stride, "samples",
          samples));
    }
  }

  void activations(int forks, List<String> names, List<String> methods, List<String> precisions, List<Integer> sizes) {
    for (String name : names) {
      for (String precision : precisions) {
        for (int n : sizes) {
          List<Trial> trials = methods.stream()
              .map(method -> Trial.of("activations", "kernel.ActivationBenchmark." + method,
              "activation", name, "precision", precision, "n", n)).toList();
          blocks.add(new Block(forks, trials));
        }
      }
    }
  }
}
