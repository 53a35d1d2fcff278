import java.util.ArrayList;
import java.util.List;

/// The end of a tile of dot products: its accumulators are merged, pair by pair, until each lane holds one output.
final class LaneSums {

  private final Source source;
  private final int bits;
  private final int lanes;
  private final int parts;

  /// @param parts vectors that the partial sums of one output take
  LaneSums(Source source, Registers registers, int parts) {
    this.source = source;
    this.bits = registers.bits();
    this.lanes = registers.lanes();
    this.parts = parts;
  }

  /// The name of an accumulator.
  String sum(int output, int part) {
    return "s" + output + (parts == 1 ? "" : "h" + part);
  }

  /// Folds the vectors of each output into one, then halves the number of vectors until each lane holds one output. If
  /// there are fewer outputs than lanes, each output still has several lanes in the last vector, and these are folded.
  ///
  /// Returns the names of the remaining vectors; outputs are in order from the first lane on.
  List<String> merge(int outputs) {
    List<String> sums = new ArrayList<>();
    for (int o = 0; o < outputs; o++) {
      sums.add(folded(o));
    }
    int groups = Math.max(1, outputs / lanes);
    int distance = lanes / 2;
    for (; distance > 0 && sums.size() > groups; distance /= 2) {
      sums = merged(sums, groups, distance);
    }
    return distance == 0 ? sums : List.of(compact(sums.getFirst(), distance));
  }

  private String folded(int output) {
    for (int half = parts / 2; half > 0; half /= 2) {
      for (int h = 0; h < half; h++) {
        String sum = sum(output, h);
        source.add("%s = %s.lanewise(ADD, %s);", sum, Source.cast(sum), sum(output, h + half));
      }
    }
    return sum(output, 0);
  }

  /// Lanes without the bit of `distance` continue with one vector's outputs, the others with those of the vector half a
  /// group later.
  private List<String> merged(List<String> sums, int groups, int distance) {
    List<String> merged = new ArrayList<>();
    int group = sums.size() / groups;
    for (int first = 0; first < sums.size(); first += group) {
      for (int o = first; o < first + group / 2; o++) {
        String sum = "m" + distance + "p" + merged.size();
        source.add("DoubleVector %s = TYPE.cast(%2$s).blend(%3$s, %4$s)"
            + ".lanewise(ADD, TYPE.cast(%3$s).blend(%2$s, %4$s).rearrange(%5$s));",
            sum, sums.get(o), sums.get(o + group / 2), butterfly("ODD", distance), butterfly("SWAP", distance));
        merged.add(sum);
      }
    }
    return merged;
  }

  /// Folds and compacts the one vector whose outputs still have 2·distance lanes each.
  private String compact(String sum, int distance) {
    int apart = 2 * distance;
    for (; distance > 1; distance /= 2) {
      String folded = "f" + distance;
      source.add("DoubleVector %s = TYPE.cast(%3$s).lanewise(ADD, %3$s.rearrange(%2$s));",
          folded, butterfly("SWAP", distance), sum);
      sum = folded;
    }
    source.add("DoubleVector f1 = TYPE.cast(TYPE.cast(%1$s).rearrange(%2$s))"
        + ".lanewise(ADD, TYPE.cast(%1$s).rearrange(%3$s));", sum, butterfly("EVERY", apart), butterfly("NEXT", apart));
    return "f1";
  }

  /// A constant of [DoubleButterfly][dev.lanewise.kernel.lanes] for vectors of this width.
  String butterfly(String kind, int distance) {
    return "DoubleButterfly.W" + bits + "." + kind + distance;
  }
}
