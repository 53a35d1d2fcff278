package dev.lanewise.nn;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// A layer as one step of training sees it. Draws depend on where in the batch a sample stands, and statistics on
/// all of it, so for the law on samples it mixes them.
public record InTraining(Layer layer, long seed) implements Layer {

  @Override
  public Shape outputShape(Shape input) {
    return layer.outputShape(input);
  }

  @Override
  public ParameterSpec parameters() {
    return layer.parameters();
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    ws.beginTraining(seed);
    Linearization at = layer.linearize(x, theta, ws);
    ws.endTraining();
    return at;
  }

  @Override
  public Tensor forward(Tensor x, Parameters theta, Workspace ws) {
    ws.beginTraining(seed);
    Tensor y = layer.forward(x, theta, ws);
    ws.endTraining();
    return y;
  }

  @Override
  public boolean mixesSamples() {
    return true;
  }
}
