package dev.lanewise.io;

import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.file.Excerpt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/// Converts recurrent cells of Flax or Keras to PyTorch's layers of them: `weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0`,
/// `bias_hh_l0`, rows gate by gate.
///
/// | of         | in the file                                                          | gates, in order              |
/// |------------|----------------------------------------------------------------------|------------------------------|
/// | Keras      | `kernel [in, g·h]`, `recurrent_kernel [h, g·h]`, `bias`              | LSTM i, f, g, o; GRU z, r, n |
/// | Flax Linen | a dense layer for each gate: `ii`, …, `ho`; `ir`, …, `hn`; `i`, `h`  | by their names               |
/// | Flax NNX   | the same, `if_` for `if`, or `dense_i [in, g·h]`, `dense_h [h, g·h]` | LSTM i, f, g, o; GRU r, z, n |
///
/// If only one of the two products has a bias, the other's is 0. A bias `[2, 3·h]` of a Keras GRU says that the cell
/// resets after the product, as layers here do. A GRU that resets before the product is refused, and so is one without
/// a bias, which does not tell. Two directions are `forward_NAME` and `backward_NAME` side by side.
final class ForeignCells {

  private static final List<List<String>> GATES = List.of(List.of("i", "f", "g", "o"), List.of("r", "z", "n"));
  private static final int LSTM = 4;
  private static final int GRU = 3;

  /// A dense layer: its weight, and its bias or null.
  private record Affine(Tensor weight, Tensor bias) {}

  private final Framework framework;
  private final String source;
  private final Map<String, Map<String, Tensor>> layers;
  private final BiConsumer<String, Tensor> out;
  private final Map<String, Affine[]> cells = new LinkedHashMap<>();
  private final Set<String> runners = new HashSet<>();

  private ForeignCells(Framework framework, String source, Map<String, Map<String, Tensor>> layers,
      BiConsumer<String, Tensor> out) {
    this.framework = framework;
    this.source = source;
    this.layers = layers;
    this.out = out;
  }

  static void take(Framework framework, String source, Map<String, Map<String, Tensor>> layers,
      BiConsumer<String, Tensor> out) {
    ForeignCells cells = new ForeignCells(framework, source, layers, out);
    if (framework == Framework.KERAS) {
      List.copyOf(layers.keySet()).forEach(cells::keras);
    } else {
      List.copyOf(layers.keySet()).forEach(cells::flax);
    }
    cells.cells.keySet().forEach(cell -> cells.runners.add(cells.withoutCell(cell)));
    cells.cells.forEach(cells::put);
  }

  private void keras(String layer) {
    Map<String, Tensor> cell = layers.get(layer);
    Tensor recurrent = cell.get("recurrent_kernel");
    if (recurrent == null) {
      return;
    }
    Tensor kernel = cell.get("kernel");
    Tensor bias = cell.get("bias");
    int gates = gates(layer, kernel == null ? null : kernel.shape(), recurrent.shape());
    int rows = recurrent.shape().last();
    boolean resetsAfter = bias != null && bias.shape().is(2, rows);
    if (gates == GRU && !resetsAfter) {
      throw refusal(layer, "has bias " + (bias == null ? "none" : bias.shape()) + ", expected [2, " + rows
          + "], that of a GRU with reset_after");
    }
    if (gates != GRU && bias != null && !bias.shape().is(rows)) {
      throw refusal(layer, "has bias " + bias.shape() + ", expected [" + rows + "]");
    }
    int[] order = gates == GRU ? new int[] {1, 0, 2} : null;
    Tensor inputBias = resetsAfter ? bias.slice(0, 1).reshape(rows) : bias;
    Tensor recurrentBias = resetsAfter ? bias.slice(1, 1).reshape(rows) : null;
    cells.put(layer, new Affine[] {ordered(kernel, inputBias, order), ordered(recurrent, recurrentBias, order)});
    ForeignLayers.take(layers, layer, "kernel", "recurrent_kernel", "bias");
  }

  private int gates(String layer, Shape kernel, Shape recurrent) {
    int hidden = recurrent.rank() == 2 ? recurrent.dim(0) : 0;
    int gates = hidden == 0 ? 0 : recurrent.last() / hidden;
    boolean isCell = (gates == 1 || gates == GRU || gates == LSTM) && gates * hidden == recurrent.last();
    if (!isCell || kernel == null || kernel.rank() != 2 || kernel.last() != gates * hidden) {
      throw refusal(layer, "has a kernel " + (kernel == null ? "none" : kernel) + " beside the recurrent one "
          + recurrent + ", expected [in, g·h] and [h, g·h] with 1, 3 or 4 gates");
    }
    return gates;
  }

  private static Affine ordered(Tensor kernel, Tensor bias, int[] order) {
    Tensor weight = Layouts.transposed(kernel);
    return order == null ? new Affine(weight, bias)
        : new Affine(Layouts.blocks(weight, order), bias == null ? null : Layouts.blocks(bias, order));
  }

  private void flax(String layer) {
    int dot = layer.lastIndexOf('.');
    String cell = layer.substring(0, Math.max(dot, 0));
    switch (layer.substring(dot + 1)) {
      case "ii" -> gateByGate(cell, GATES.getFirst());
      case "ir" -> gateByGate(cell, GATES.getLast());
      case "i" -> flax(cell, List.of("i"), List.of("h"));
      case "dense_i" -> flax(cell, List.of("dense_i"), List.of("dense_h"));
      default -> {
      }
    }
  }

  private void gateByGate(String cell, List<String> gates) {
    List<String> inputs = new ArrayList<>();
    List<String> states = new ArrayList<>();
    for (String gate : gates) {
      inputs.add(layers.containsKey(ForeignLayers.name(cell, "if_")) && gate.equals("f") ? "if_" : "i" + gate);
      states.add("h" + gate);
    }
    flax(cell, inputs, states);
  }

  private void flax(String cell, List<String> inputs, List<String> states) {
    List<Map<String, Tensor>> ofInputs = parts(cell, inputs);
    List<Map<String, Tensor>> ofStates = parts(cell, states);
    if (ofInputs.isEmpty() || ofStates.isEmpty()) {
      return; // The tensors are of another kind of cell, or of none: their names stay, and messages show them.
    }
    Affine[] both = {stacked(cell, ofInputs), stacked(cell, ofStates)};
    gates(cell, transposed(both[0].weight.shape()), transposed(both[1].weight.shape()));
    cells.put(cell, both);
    inputs.forEach(part -> ForeignLayers.take(layers, ForeignLayers.name(cell, part), "kernel", "bias"));
    states.forEach(part -> ForeignLayers.take(layers, ForeignLayers.name(cell, part), "kernel", "bias"));
  }

  private static Shape transposed(Shape matrix) {
    return Shape.of(matrix.last(), matrix.dim(0));
  }

  /// The dense layers of these names, or none where one is missing.
  private List<Map<String, Tensor>> parts(String cell, List<String> names) {
    List<Map<String, Tensor>> parts = new ArrayList<>();
    for (String name : names) {
      Map<String, Tensor> part = layers.get(ForeignLayers.name(cell, name));
      if (part == null || !part.containsKey("kernel") || part.get("kernel").shape().rank() != 2) {
        return List.of();
      }
      parts.add(part);
    }
    return parts;
  }

  /// Stacks the gates; a gate without a bias beside gates with one has 0.
  private Affine stacked(String cell, List<Map<String, Tensor>> parts) {
    List<Tensor> weights = new ArrayList<>();
    List<Tensor> biases = new ArrayList<>();
    boolean hasBias = false;
    for (Map<String, Tensor> part : parts) {
      Tensor kernel = part.get("kernel");
      hasBias |= part.containsKey("bias");
      weights.add(Layouts.transposed(kernel));
      biases.add(part.getOrDefault("bias", Tensor.zeros(kernel.precision(), kernel.shape().last())));
    }
    return new Affine(Layouts.stacked(source, cell, weights), hasBias ? Layouts.stacked(source, cell, biases) : null);
  }

  private void put(String cell, Affine[] both) {
    String layer = withoutCell(cell);
    String suffix = "_l0";
    String last = ForeignLayers.lastPart(layer);
    if (last.startsWith("backward_") && hasSibling(layer, "backward_", "forward_")) {
      suffix = "_l0_reverse";
      layer = layer.substring(0, Math.max(layer.length() - last.length() - 1, 0));
    } else if (last.startsWith("forward_") && hasSibling(layer, "forward_", "backward_")) {
      layer = layer.substring(0, Math.max(layer.length() - last.length() - 1, 0));
    }
    out.accept(ForeignLayers.name(layer, "weight_ih" + suffix), both[0].weight);
    out.accept(ForeignLayers.name(layer, "weight_hh" + suffix), both[1].weight);
    if (both[0].bias != null || both[1].bias != null) {
      Tensor zero = Tensor.zeros(both[0].weight.precision(), both[0].weight.shape().dim(0));
      out.accept(ForeignLayers.name(layer, "bias_ih" + suffix), both[0].bias == null ? zero : both[0].bias);
      out.accept(ForeignLayers.name(layer, "bias_hh" + suffix), both[1].bias == null ? zero : both[1].bias);
    }
  }

  private boolean hasSibling(String layer, String from, String to) {
    int last = layer.lastIndexOf('.') + 1;
    String sibling = layer.substring(0, last) + to + layer.substring(last + from.length());
    return runners.contains(sibling);
  }

  /// The layer that runs a cell along a sequence and keeps it in a part: Keras's `lstm/lstm_cell`, Flax's `RNN_0/cell`.
  private String withoutCell(String cell) {
    String last = ForeignLayers.lastPart(cell);
    boolean isPart = framework == Framework.KERAS ? last.matches("(lstm|gru|simple_rnn)_cell(_[0-9]{1,9})?")
        : last.equals("cell");
    return isPart ? cell.substring(0, Math.max(cell.length() - last.length() - 1, 0)) : cell;
  }

  private IllegalArgumentException refusal(String layer, String what) {
    return new IllegalArgumentException(source + ": the recurrent layer " + Excerpt.of(layer) + " " + what);
  }
}
