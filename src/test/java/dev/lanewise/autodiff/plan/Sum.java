package dev.lanewise.autodiff.plan;

import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.Sequential;
import java.util.ArrayList;
import java.util.List;

/// f(x) = Σ_b f_b(x), as simply as can be: it allocates.
public record Sum(List<Layer> branches) implements Layer {

  public static Sum of(Layer... branches) {
    return new Sum(List.of(branches));
  }

  /// x + f(x).
  public static Sum residual(Layer... layers) {
    return of(new Skip(), Sequential.of(layers));
  }

  @Override
  public Shape outputShape(Shape input) {
    return branches.getFirst().outputShape(input);
  }

  @Override
  public ParameterSpec parameters() {
    return ParameterSpec.join(branches.stream().map(Layer::parameters).toList());
  }

  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    long multiplyAdds = branches.stream().mapToLong(branch -> branch.jacobianStructure(input).multiplyAdds()).sum();
    return JacobianStructure.implicit(multiplyAdds);
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    List<Linearization> all = new ArrayList<>();
    Tensor y = Tensor.zeros(x.precision(), outputShape(x.shape()));
    for (int part = 0; part < branches.size(); part++) {
      all.add(branches.get(part).linearize(x, theta.part(part), ws));
      PointwiseOps.add(all.get(part).output(), y);
    }
    return new At(all, y);
  }

  private record At(List<Linearization> branches, Tensor output) implements Linearization {

    @Override
    public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
      yDot.fill(0);
      for (int part = 0; part < branches.size(); part++) {
        Tensor one = Tensor.zeros(yDot.precision(), yDot.shape());
        branches.get(part).jvp(xDot, thetaDot.part(part), one);
        PointwiseOps.add(one, yDot);
      }
    }

    @Override
    public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
      xBar.fill(0);
      for (int part = 0; part < branches.size(); part++) {
        Tensor one = Tensor.zeros(xBar.precision(), xBar.shape());
        branches.get(part).vjp(yBar, one, thetaBar.part(part));
        PointwiseOps.add(one, xBar);
      }
    }
  }

  @Override
  public String toString() {
    return "Sum" + branches;
  }
}
