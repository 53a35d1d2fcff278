package dev.lanewise.report.verdict;

import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Medians;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// One thing that was measured of somebody's network: its Jacobian, or a block of it, by several modes in turn.
///
/// @param chunk directions at once; 0 for all
/// @param inputs whose columns were computed
/// @param outputs whose rows were computed
/// @param measured what its iterations are of
/// @param places of its iterations, fork by fork
public record OwnCell(Kind kind, int chunk, int inputs, int outputs, Measurement measured, int[][] places) {

  /// In the order of the benchmark, which names them by number.
  public enum Kind { SEEDED, ELIDED, PLANNED, CUT }

  /// All that were measured, by kind, then chunk, then D/M.
  public static List<OwnCell> of(Measurement measured) {
    Set<List<Integer>> subjects = new LinkedHashSet<>();
    double[][] kinds = measured.counters().get("kind");
    for (int fork = 0; fork < kinds.length; fork++) {
      for (int i = 0; i < kinds[fork].length; i++) {
        subjects.add(subject(measured, fork, i));
      }
    }
    List<OwnCell> cells = new ArrayList<>();
    for (List<Integer> subject : subjects) {
      int[][] places = IntStream.range(0, kinds.length).mapToObj(fork -> {
        int here = fork;
        IntPredicate same = i -> subject(measured, here, i).equals(subject);
        return IntStream.range(0, kinds[here].length).filter(same).toArray();
      }).filter(each -> each.length > 0).toArray(int[][]::new);
      cells.add(new OwnCell(Kind.values()[subject.get(0)], subject.get(1), subject.get(2), subject.get(3), measured,
          places.length == kinds.length ? places : new int[0][]));
    }
    return cells.stream().filter(cell -> cell.places.length > 0).sorted((one, other) -> one.kind != other.kind
        ? one.kind.compareTo(other.kind) : one.rank() != other.rank() ? Integer.compare(one.rank(), other.rank())
        : Double.compare(one.log2OfDOverM(), other.log2OfDOverM())).toList();
  }

  private static List<Integer> subject(Measurement measured, int fork, int i) {
    return List.of(at(measured, "kind", fork, i), at(measured, "chunk", fork, i), at(measured, "inputs", fork, i),
        at(measured, "outputs", fork, i));
  }

  private static int at(Measurement measured, String counter, int fork, int i) {
    return (int) measured.counters().get(counter)[fork][i];
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

  /// Of one call: the median over forks of the medians of their iterations.
  public double nanos(String mode) {
    return Medians.of(forks(mode));
  }

  private double[] forks(String mode) {
    double[][] counted = measured.counters().get(mode);
    return IntStream.range(0, places.length).mapToDouble(fork -> Medians.of(Medians.pick(counted[fork], places[fork])))
        .toArray();
  }

  public long multiplyAdds(String mode) {
    return Math.round(measured.counters().get(mode + "MultiplyAdds")[0][places[0][0]]);
  }

  /// log₂ of one mode's time over another's, fork by fork: the median of iterations, in which both took turns.
  public double[] logRatios(String mode, String other) {
    double[][] over = measured.counters().get(mode);
    double[][] under = measured.counters().get(other);
    return IntStream.range(0, places.length).mapToDouble(fork -> Medians.of(Arrays.stream(places[fork])
        .mapToDouble(i -> Cell.log2(over[fork][i] / under[fork][i])).toArray())).toArray();
  }

  /// In log₂.
  public Estimate logRatio(String mode, String other) {
    return SampleMedian.of(logRatios(mode, other)).estimate();
  }
}
