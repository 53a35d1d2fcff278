package dev.lanewise.report.result;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The benchmarks that the report knows, with the parameters and counters that it needs; a rival may be missing.
public enum Suite {
  JACOBIANS("autodiff.JacobianBenchmark.round", "chunk depth width activation seeding precision", "cells",
      "inputs outputs forward reverse forwardMultiplyAdds reverseMultiplyAdds"),
  CALLS("autodiff.CallBenchmark.round", "chunk depth width activation seeding precision", "cells",
      "inputs outputs value firstPush hiddenPush lastPush firstPull hiddenPull lastPull forwardRest reverseRest "
          + "forward reverse"),
  LAYERED("autodiff.LayeredBenchmark.round", "chunk precision", "networks",
      "network forward reverse forwardMultiplyAdds reverseMultiplyAdds"),
  NETWORKS("autodiff.NetworkBenchmark.jacobian", "network mode chunk precision", "", "multiplyAdds"),
  OWN_NETWORK("autodiff.own.OwnNetworkBenchmark.round", "network", "",
      "kind chunk inputs outputs forward reverse mixed auto forwardMultiplyAdds reverseMultiplyAdds mixedMultiplyAdds "
          + "autoMultiplyAdds"),
  PLANNED("autodiff.PlanBenchmark.round", "network precision", "", "forward reverse mixed auto multiplyAdds"),
  TINY("autodiff.TinyBenchmark.round", "", "", "prepared unrolled preparedBytes"),
  REGRET("autodiff.RegretBenchmark.contest", "", "", "inputs outputs layers forward reverse mixed auto"),
  BOTTLENECK("autodiff.BottleneckBenchmark.round", "precision", "bottlenecks",
      "bottleneck forward reverse mixed valueMultiplyAdds forwardMultiplyAdds reverseMultiplyAdds mixedMultiplyAdds"),
  MEMORY("autodiff.MemoryBenchmark.report", "network precision", "chunks", "chunk forward reverse"),
  STEPS("train.StepBenchmark.step", "network batch precision threads", "", ""),
  CONVOLUTIONS("nn.ConvolutionBenchmark.round", "shape precision", "passes",
      "pass multiplyAdds nanos gemm peakGigaflops"),
  RECURRENCE("nn.recurrent.RecurrentBenchmark.round", "cell widths steps precision", "passes",
      "pass multiplyAdds nanos gemm peakGigaflops"),
  GRAPH_PERCEPTRONS("graph.PerceptronBenchmark.round", "precision", "",
      "value sequentialValue jacobian sequentialJacobian step sequentialStep bytes"),
  GRAPH_MODES("graph.ModesBenchmark.round", "network precision", "",
      "forward reverse mixed auto valueMultiplyAdds forwardMultiplyAdds reverseMultiplyAdds mixedMultiplyAdds"),
  GRAPH_ATTENTION("graph.AttentionBenchmark.round", "precision", "passes",
      "pass multiplyAdds nanos gemm peakGigaflops"),
  GRAPH_PRIMITIVES("graph.PrimitiveBenchmark.round", "", "",
      "primitives value valueOfOne push pushOfOne pull pullOfOne"),
  MODELS("train.TrainedModelsBenchmark.report", "", "",
      "iris irisSeconds diabetes diabetesSeconds digits digitsSeconds"),
  GEMM("kernel.GemmBenchmark.gemm", "n form precision", "", "multiplyAdds peakGigaflops"),
  ROOFLINE("kernel.RooflineBenchmark.round", "precision", "kernels",
      "kernel operations bytes nanos copyGigabytes peakGigaflops"),
  EPILOGUES("kernel.EpilogueBenchmark.round", "n precision activation epilogue", "", "bare fused"),
  ACTIVATIONS("kernel.ActivationBenchmark.value", "activation precision n", "", ""),
  ACTIVATIONS_WITH_SLOPE("kernel.ActivationBenchmark.valueAndSlope", "activation precision n", "", ""),
  ELEMENTWISE("kernel.ElementwiseBenchmark.round", "function precision n", "", "copy value fused jdk"),
  ACCURACY("kernel.AccuracyBenchmark.report", "precision", "stride samples", ""),
  PEERS("kernel.GemmPeersBenchmark.round", "shape precision threads", "", "lanewise peakGigaflops"),
  ELEMENTWISE_PEERS("kernel.ElementwisePeersBenchmark.round", "function precision n", "", "value"),
  CONVOLUTION_PEERS("kernel.ConvolutionPeersBenchmark.round", "shape pass", "", "lanewise"),
  NETWORK_PEERS("kernel.NetworkPeersBenchmark.round", "network batch pass", "", "lanewise");

  /// The parameter of the benchmarks that plants a fault.
  public static final String PLANTED = "slowForward";

  /// Measured on several virtual machines: the claim, and the calls that predict it.
  private static final Set<Suite> ON_SEVERAL_JVMS = Set.of(JACOBIANS, CALLS);

  /// Class and method, without the outer packages.
  public final String benchmark;

  /// The parameters that identify a result; no two results agree in all of them.
  public final List<String> subject;

  /// The parameters that say how to measure, or what the iterations are of.
  private final List<String> manner;
  private final List<String> counters;

  Suite(String benchmark, String subject, String manner, String counters) {
    this.benchmark = benchmark;
    this.subject = words(subject);
    this.manner = words(manner);
    this.counters = words(counters);
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  private static final Set<Suite> MANY =
      Set.of(JACOBIANS, CALLS, OWN_NETWORK, LAYERED, REGRET, BOTTLENECK, ROOFLINE, MEMORY, CONVOLUTIONS, RECURRENCE,
          GRAPH_ATTENTION, ACCURACY, MODELS);

  /// Whether its time is of one subject: not if iterations take turns over subjects, nor if only the counters matter.
  public static boolean isOneTime(Measurement measured) {
    return of(measured.benchmark()).filter(MANY::contains).isEmpty();
  }

  /// Contestants that must not sit out a round of a product.
  private static final List<String> IN_EVERY_ROUND = List.of("lanewise", "mkl", "openblas");

  /// Whether it may have results on virtual machines other than the run's main one.
  public boolean isOnSeveralJvms() {
    return ON_SEVERAL_JVMS.contains(this);
  }

  public static Optional<Suite> of(String benchmark) {
    return Arrays.stream(values()).filter(suite -> suite.benchmark.equals(benchmark)).findFirst();
  }

  /// A parameter or counter that the report needs and `measured` lacks; empty if there is none.
  Optional<String> lacking(Measurement measured) {
    for (String param : Stream.concat(subject.stream(), manner.stream()).toList()) {
      if (!measured.params().containsKey(param)) {
        return Optional.of("parameter " + param);
      }
    }
    return counters.stream().filter(counter -> !measured.counters().containsKey(counter))
        .map(counter -> "counter " + counter).findFirst();
  }

  /// A contestant that never had a turn in the same round as ours, if contestants may sit rounds out; empty if there is
  /// none. Its ratio could not be computed, and the figure would be missing silently. A contestant that reports itself
  /// unavailable does not count, see [Measurement#isAbsent].
  Optional<String> roundless(Measurement measured) {
    if (!Set.of(PEERS, ELEMENTWISE_PEERS, CONVOLUTION_PEERS, NETWORK_PEERS).contains(this)) {
      return Optional.empty();
    }
    String ours = counters.getFirst();
    return measured.counters().keySet().stream()
        .filter(counter -> !measured.isAbsent(counter) && Double.isNaN(measured.medianRatio(counter, ours))).sorted()
        .findFirst();
  }

  /// The number of rounds that a product lacks, for the native libraries and ours, of those that its run should take.
  long roundsLacking(Measurement measured) {
    String expected = measured.param("rounds");
    return this == PEERS && expected != null ? Math.max(0, Long.parseLong(expected) - measured.rounds(IN_EVERY_ROUND))
        : 0;
  }
}
