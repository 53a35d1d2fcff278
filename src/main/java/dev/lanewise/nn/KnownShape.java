package dev.lanewise.nn;

import dev.lanewise.Layer;
import dev.lanewise.Shape;
import dev.lanewise.Workspace;

/// The output's shape of the layer and input that were last asked for at this place in a workspace, so that a call that
/// is repeated makes no new one.
final class KnownShape {

  private Layer layer;
  private Shape input;
  private Shape output;

  /// The result of [Layer#outputShape].
  ///
  /// @throws IllegalArgumentException if the layer cannot take such an input
  static Shape of(Layer layer, Shape input, Workspace ws) {
    KnownShape known = ws.object(KnownShape.class, KnownShape::new);
    if (known.layer != layer || !input.equals(known.input)) {
      known.output = layer.outputShape(input);
      known.layer = layer;
      known.input = input;
    }
    return known.output;
  }
}
