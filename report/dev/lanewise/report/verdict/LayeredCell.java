package dev.lanewise.report.verdict;

import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Refusal;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Suite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Forward and reverse mode on a convolutional or recurrent network of D inputs and M outputs.
///
/// @param network its name, which lists its layers: the shape of a sample, then `convN` (3 × 3 to N channels, the image
///     keeping its size), `pool` (the largest of 2 × 2), `denseN`, `lstmN` (the last state), or another shape
/// @param chunk directions at a time
public record LayeredCell(String network, String precision, int chunk, Cell cell) {

  private static final String BENCHMARK = Suite.LAYERED.benchmark;
  private static final int TAPS = 9;

  /// The cells in `results`: float before double, few directions before many, then CNNs, decoders and LSTMs from large
  /// D to small.
  ///
  /// @throws Refusal if a fork lacks a network that another one has, or a name lists no layers
  public static List<LayeredCell> of(Results results) throws Refusal {
    List<LayeredCell> cells = new ArrayList<>();
    for (Measurement measured : results.of(Suite.LAYERED)) {
      String[] names = measured.param("networks").split("/");
      for (int place = 0; place < names.length; place++) {
        int[] ends = ends(names[place]);
        int index = place;
        double[][] network = measured.counters().get("network");
        Measurement its = measured.where((fork, i) -> network[fork][i] == index);
        Cell cell = new Cell(ends[0], ends[1], its.ofMode("forward"), its.ofMode("reverse"));
        if (its.lacksFork()) {
          throw new Refusal(BENCHMARK, "has a fork without " + names[place] + ", expected every network in each");
        }
        cells.add(new LayeredCell(names[place], measured.param("precision"), measured.intParam("chunk"), cell));
      }
    }
    cells.sort(Comparator.comparing(LayeredCell::precision, Comparator.reverseOrder())
        .thenComparingInt(LayeredCell::chunk)
        .thenComparing(LayeredCell::family).thenComparing(each -> -each.cell.d()));
    return cells;
  }

  /// `cnn` if the input is an image, `decoder` if the output is, `lstm` otherwise.
  public String family() {
    return network.contains("lstm") ? "lstm" : sizes(network.split("-")[0]).length == 3 ? "cnn" : "decoder";
  }

  /// Whether both counts are the formula's: E for the value, D·E forward and M·E reverse.
  public boolean countsAsFormula() throws Refusal {
    long e = multiplyAdds();
    return cell.forward().multiplyAdds() == e + cell.d() * e && cell.reverse().multiplyAdds() == e + cell.m() * e;
  }

  /// E: h·w·out·in·9 for a convolution, in·out for a dense layer, T·4·n·(in + n) for an LSTM.
  ///
  /// @throws Refusal if the name lists no layers
  public long multiplyAdds() throws Refusal {
    return walk(network)[2];
  }

  private static int[] ends(String network) throws Refusal {
    long[] walked = walk(network);
    return new int[] {(int) walked[0], (int) walked[1]};
  }

  /// D, M, E.
  private static long[] walk(String network) throws Refusal {
    String[] words = network.split("-");
    try {
      if (words.length < 2) {
        throw new NumberFormatException("no layer");
      }
      int[] shape = sizes(words[0]);
      long e = 0;
      long d = product(shape);
      for (String word : Arrays.asList(words).subList(1, words.length)) {
        String kind = word.replaceAll("[\\dx]", "");
        int[] sizes = sizes(word.substring(kind.length()));
        e += switch (kind) {
          case "conv" -> (long) shape[1] * shape[2] * sizes[0] * shape[0] * TAPS;
          case "dense" -> product(shape) * sizes[0];
          case "lstm" -> 4L * shape[0] * sizes[0] * (shape[1] + sizes[0]);
          case "pool", "" -> 0;
          default -> throw new NumberFormatException(kind);
        };
        shape = switch (kind) {
          case "conv" -> new int[] {sizes[0], shape[1], shape[2]};
          case "pool" -> new int[] {shape[0], shape[1] / 2, shape[2] / 2};
          default -> sizes;
        };
      }
      return new long[] {d, product(shape), e};
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException _) {
      throw new Refusal(BENCHMARK, "has a network " + network + ", expected shapes and layers conv, pool, dense, lstm");
    }
  }

  private static int[] sizes(String word) {
    return word.isEmpty() ? new int[0] : Arrays.stream(word.split("x")).mapToInt(Integer::parseInt).toArray();
  }

  private static long product(int[] sizes) {
    return Arrays.stream(sizes).asLongStream().reduce(1, Math::multiplyExact);
  }
}
