package dev.lanewise.slides;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// The loss layer of Example 1, f₄(x₄, y) = ½‖y − x₄‖², one sample: ẏ = (x₄ − y)ᵀẋ₄, x̄₄ = (x₄ − y)·ȳ. Equations 20
/// and 26.
record HalfSquaredError(double... target) implements Layer {

  @Override
  public Shape outputShape(Shape input) {
    return Shape.of(1, 1);
  }

  @Override
  public ParameterSpec parameters() {
    return ParameterSpec.none();
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    double[] error = new double[target.length];
    double sum = 0;
    for (int i = 0; i < error.length; i++) {
      error[i] = x.get(i) - target[i];
      sum += error[i] * error[i];
    }
    Tensor loss = Tensor.row(sum / 2);
    return new Linearization() {
      @Override
      public Tensor output() {
        return loss;
      }

      @Override
      public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
        for (int direction = 0; direction < yDot.size(); direction++) {
          double sum = 0;
          for (int i = 0; i < error.length; i++) {
            sum += error[i] * xDot.get(direction * error.length + i);
          }
          yDot.set(direction, sum);
        }
      }

      @Override
      public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
        for (int position = 0; position < xBar.size(); position++) {
          xBar.set(position, error[position % error.length] * yBar.get(position / error.length));
        }
      }
    };
  }
}
