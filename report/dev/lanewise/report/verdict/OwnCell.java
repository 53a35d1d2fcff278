package dev.lanewise.report.verdict;

import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Medians;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One measurement of a network from a file: its Jacobian, or a block of it, by several modes in turn.
///
/// @param chunk the number of directions at once; 0 for all
/// @param inputs the inputs whose columns were computed
/// @param outputs the outputs whose rows were computed
/// @param its the iterations that measured it, at least one in each fork
public record OwnCell(Kind kind, int chunk, int inputs, int outputs, Measurement its) {

  /// The kinds, in the order of the benchmark, which reports their numbers.
  public enum Kind { SEEDED, ELIDED, PLANNED, CUT }

  /// The cells that every fork measured, by kind, then chunk, then D/M.
  public static List<OwnCell> of(Measurement measured) {
    double[][] kinds = measured.counters().get("kind");
    return IntStream.range(0, kinds.length).boxed().flatMap(fork ->
            IntStream.range(0, kinds[fork].length).mapToObj(i -> subject(measured, fork, i))).distinct()
        .map(subject -> new OwnCell(Kind.values()[subject.get(0)], subject.get(1), subject.get(2), subject.get(3),
            measured.where((fork, i) -> subject(measured, fork, i).equals(subject))))
        .filter(cell -> !cell.its.lacksFork())
        .sorted(Comparator.comparing(OwnCell::kind).thenComparingInt(OwnCell::rank)
            .thenComparingDouble(OwnCell::log2OfDOverM)).toList();
  }

  private static List<Integer> subject(Measurement measured, int fork, int i) {
    return Stream.of("kind", "chunk", "inputs", "outputs")
        .map(counter -> (int) measured.counters().get(counter)[fork][i]).toList();
  }

  /// All directions come last.
  private int rank() {
    return chunk == 0 ? Integer.MAX_VALUE : chunk;
  }

  public double log2OfDOverM() {
    return Cell.log2((double) inputs / outputs);
  }

  public boolean has(String mode) {
    return nanos(mode) > 0;
  }

  /// The time of one call: the median over forks of the median over iterations.
  public double nanos(String mode) {
    return Medians.of(Arrays.stream(its.counters().get(mode)).mapToDouble(Medians::of).toArray());
  }

  public long multiplyAdds(String mode) {
    return Math.round(its.counters().get(mode + "MultiplyAdds")[0][0]);
  }

  /// log₂ of one mode's time over another's, fork by fork: the median over iterations, in which both took turns.
  public double[] logRatios(String mode, String other) {
    double[][] over = its.counters().get(mode);
    double[][] under = its.counters().get(other);
    return IntStream.range(0, over.length).mapToDouble(fork -> Medians.of(IntStream.range(0, over[fork].length)
        .mapToDouble(i -> Cell.log2(over[fork][i] / under[fork][i])).toArray())).toArray();
  }

  /// The median over the forks of these ratios, in log₂, with its interval.
  public Estimate logRatio(String mode, String other) {
    return SampleMedian.of(logRatios(mode, other)).estimate();
  }
}
