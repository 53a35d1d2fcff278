package dev.lanewise.nn.block;

import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// An embedding of the whole numbers next to its inputs: what draws inputs at random, or moves them a little, moves no
/// number.
record Numbered(Embedding layer) implements Layer {

  @Override
  public Shape outputShape(Shape input) {
    return layer.outputShape(input);
  }

  @Override
  public ParameterSpec parameters() {
    return layer.parameters();
  }

  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    return layer.jacobianStructure(input);
  }

  @Override
  public Tensor forward(Tensor x, Parameters theta, Workspace ws) {
    return layer.forward(rounded(x, ws), theta, ws);
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    return layer.linearize(rounded(x, ws), theta, ws);
  }

  private static Tensor rounded(Tensor x, Workspace ws) {
    Tensor rounded = ws.tensor(x.precision(), x.shape());
    for (int i = 0; i < x.size(); i++) {
      rounded.set(i, Math.rint(x.get(i)));
    }
    return rounded;
  }
}
