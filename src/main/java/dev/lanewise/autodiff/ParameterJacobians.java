package dev.lanewise.autodiff;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.chain.Seeds;

/// Derivatives of any layer or network y = f(x, θ) by its parameters, beyond the one gradient that training takes.
///
/// | operator              | gives                                    | cost in multiply-adds, E weights |
/// |-----------------------|------------------------------------------|----------------------------------|
/// | [#parameterJacobian]  | J_θ = ∂y/∂θ, M × P                       | E + at most 2·M·E                |
/// | [#perSampleGradients] | row b is J_θᵀ·ȳ of sample b alone, B × P | B·(E + at most 2·E)              |
///
/// P = `theta.spec().size()`; the columns have the order of the flat buffer of [Parameters]. M = y.size(), of the
/// flattened output. Both operators pull, since M is usually far below P.
///
/// As with [Jacobians], the forms that take a [Workspace] reset it, hold it for the call, and once the kernels are
/// compiled allocate nothing from the second call with the same tensors on. All check their arguments before they
/// write. θ must have f's own parameters. A result place that overlaps an argument is refused. Since both operators
/// only pull, an output unit whose slope has overflowed puts NaN into every row. Slides, equation [25].
///
/// [25]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-25
public final class ParameterJacobians {

  private ParameterJacobians() {}

  /// {@return J_θ, M × P, in chunks of [Jacobians#DEFAULT_CHUNK] pulls}
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or M·P is more than an array holds
  public static Tensor parameterJacobian(Layer f, Parameters theta, Tensor x) {
    Door.requireFit(f, theta, x);
    Shape output = f.outputShape(x.shape());
    int p = theta.spec().size();
    Door.requireMatrixSize(f, "parameter Jacobian", output.size(), p);
    Tensor jacobian = Tensor.zeros(x.precision(), output.size(), p);
    Tensor y = Tensor.zeros(x.precision(), output);
    valueAndParameterJacobian(f, theta, x, Jacobians.DEFAULT_CHUNK, new Workspace(), y, jacobian);
    return jacobian;
  }

  /// Computes y and J_θ into the caller's tensors. Each panel of cotangents is pulled directly into its rows of the
  /// Jacobian.
  ///
  /// @param chunk how many directions are pulled at once, at least 1
  /// @param y overwritten with f(x, θ)
  /// @param jacobian overwritten with J_θ, `[M, P]`
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or `chunk` is below 1
  public static void valueAndParameterJacobian(
      Layer f, Parameters theta, Tensor x, int chunk, Workspace ws, Tensor y, Tensor jacobian) {
    Door.requireFit(f, theta, x);
    Door.requireChunk(f, chunk);
    ws.begin();
    try {
      pullRows(f, theta, x, chunk, ws, y, jacobian);
    } finally {
      ws.end();
    }
  }

  private static void pullRows(
      Layer f, Parameters theta, Tensor x, int chunk, Workspace ws, Tensor y, Tensor jacobian) {
    Rows kept = ws.object(Rows.class, Rows::new);
    Linearization at = f.linearize(x, theta, ws);
    Shape output = at.output().shape();
    y.require(x.precision(), output, f, "y");
    int m = output.size();
    Door.requireMatrix(f, x, m, theta.spec().size(), jacobian, "jacobian");
    Door.requirePanelSize(f, Math.min(chunk, m), 1, m, x.size());
    Door.requireApart(f, theta, x, y, jacobian, "jacobian");
    if (jacobian.size() > 0) {
      Parameters[] rows = kept.of(theta.spec(), jacobian, chunk);
      jacobian.fill(0);
      for (int panel = 0; panel < rows.length; panel++) {
        int mark = ws.mark();
        Tensor yBar = ws.tensor(x.precision(), rows[panel].chunk(), output);
        Seeds.seed(yBar, (panel - 1) * chunk, panel * chunk, 1);
        at.vjp(yBar, Tensor.none(), rows[panel]);
        ws.release(mark);
      }
    }
    y.copyFrom(at.output());
  }

  /// The rows of a Jacobian as places for θ̄, panel by panel. Kept in the workspace, since making them allocates.
  private static final class Rows {

    private ParameterSpec spec;
    private Tensor jacobian;
    private int chunk;
    private Parameters[] panels;

    Parameters[] of(ParameterSpec spec, Tensor jacobian, int chunk) {
      if (this.spec != spec || this.jacobian != jacobian || this.chunk != chunk) {
        int m = jacobian.shape().dim(0);
        panels = new Parameters[(m - 1) / chunk + 1];
        for (int panel = 0; panel < panels.length; panel++) {
          int first = panel * chunk;
          panels[panel] = Parameters.of(spec, jacobian.slice(first, Math.min(chunk, m - first)));
        }
        this.spec = spec;
        this.jacobian = jacobian;
        this.chunk = chunk;
      }
      return panels;
    }
  }

  /// {@return the gradient of ⟨ȳ_b, f(x_b, θ)⟩ by θ for every sample b, B × P} The rows add up to θ̄ of the whole
  /// batch. Per-sample clipping, influence functions and the empirical Fisher matrix are made of these gradients.
  ///
  /// Each sample is linearized alone, which is right for every layer that does not mix samples. Where layers draw in
  /// training, the draws are those of the whole batch, and each sample is pulled through all of it, with zeros in place
  /// of the others' cotangents: B times as many multiply-adds.
  ///
  /// @param x `[B, …]`
  /// @param yBar the samples' cotangents, of y's shape, `[B, …]`
  /// @throws IllegalArgumentException if shapes or precisions do not fit, f mixes samples, or B·P is more than an array
  ///     holds
  public static Tensor perSampleGradients(Layer f, Parameters theta, Tensor x, Tensor yBar) {
    Door.requireFit(f, theta, x);
    int batch = Door.requireSamples(f, x);
    int p = theta.spec().size();
    Door.requireMatrixSize(f, "gradients of samples", batch, p);
    Tensor y = Tensor.zeros(x.precision(), f.outputShape(x.shape()));
    Tensor gradients = Tensor.zeros(x.precision(), batch, p);
    valueAndPerSampleGradients(f, theta, x, yBar, new Workspace(), y, gradients);
    return gradients;
  }

  /// Computes y and the gradient of ⟨ȳ_b, f(x_b, θ)⟩ by θ for every sample b into the caller's tensors.
  ///
  /// @param x `[B, …]`
  /// @param yBar the samples' cotangents, of y's shape, `[B, …]`
  /// @param y overwritten with f(x, θ)
  /// @param gradients overwritten, `[B, P]`
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or f mixes samples
  public static void valueAndPerSampleGradients(
      Layer f, Parameters theta, Tensor x, Tensor yBar, Workspace ws, Tensor y, Tensor gradients) {
    Door.requireFit(f, theta, x);
    int batch = Door.requireSamples(f, x, ws);
    ws.begin();
    try {
      Sample sample = ws.object(Sample.class, Sample::new);
      sample.prepare(f, theta, x);
      yBar.require(x.precision(), sample.outputs, f, "yBar");
      y.require(x.precision(), sample.outputs, f, "y");
      Door.requireMatrix(f, x, batch, theta.spec().size(), gradients, "gradients");
      Door.requireApart(f, theta, x, y, gradients, "gradients");
      Door.requireApart(f, y, "y", yBar, "yBar");
      Door.requireApart(f, gradients, "gradients", yBar, "yBar");
      if (ws.isTraining() && sample.pullAmongOthers(f, theta, x, yBar, ws, y, gradients)) {
        return;
      }
      for (int b = 0; b < batch; b++) {
        int mark = ws.mark();
        sample.pull(b, f, theta, x, yBar, ws, y, gradients);
        ws.release(mark);
      }
    } finally {
      ws.end();
    }
  }

  /// Memory for one sample's input, cotangent and θ̄, used for all samples in turn. Kept in the workspace.
  private static final class Sample {

    private Layer f;
    private ParameterSpec spec;
    private Precision precision;
    private Shape inputs;
    private Shape outputs;
    private Tensor x;
    private Tensor yBar;
    private Parameters thetaBar;

    void prepare(Layer f, Parameters theta, Tensor inputs) {
      if (this.f == f && spec == theta.spec() && precision == inputs.precision()
          && this.inputs.equals(inputs.shape())) {
        return;
      }
      this.f = null; // Stays unprepared if a shape is refused.
      outputs = f.outputShape(inputs.shape());
      Shape one = inputs.shape().withFirst(1);
      Shape oneOutput = f.outputShape(one);
      int batch = inputs.shape().dim(0);
      Door.requireBatch(f, outputs, batch);
      Door.requireBatch(f, oneOutput, 1);
      precision = inputs.precision();
      spec = theta.spec();
      x = Tensor.zeros(precision, one);
      yBar = Tensor.zeros(precision, oneOutput.prepend(1));
      thetaBar = Parameters.zeros(spec, precision);
      this.inputs = inputs.shape();
      this.f = f;
    }

    /// Pulls each sample's cotangent through the whole batch if the batch drew anything; else returns false.
    boolean pullAmongOthers(Layer f, Parameters theta, Tensor xs, Tensor yBars, Workspace ws, Tensor ys,
        Tensor gradients) {
      int mark = ws.mark();
      Linearization at = f.linearize(xs, theta, ws);
      if (ws.draws() == 0) {
        ws.release(mark);
        return false;
      }
      Tensor one = ws.tensor(precision, 1, outputs);
      int n = yBar.size();
      for (int b = 0; b < outputs.dim(0); b++) {
        one.fill(0);
        SampleJacobians.copy(yBars, b * n, one, b * n, n);
        pullInto(gradients, b, at, one);
      }
      ys.copyFrom(at.output());
      return true;
    }

    private void pullInto(Tensor gradients, int b, Linearization at, Tensor cotangent) {
      if (gradients.size() > 0) {
        thetaBar.flat().fill(0);
        at.vjp(cotangent, Tensor.none(), thetaBar);
        gradients.copyFrom(thetaBar.flat(), b * thetaBar.flat().size());
      }
    }

    void pull(int b, Layer f, Parameters theta, Tensor xs, Tensor yBars, Workspace ws, Tensor ys, Tensor gradients) {
      SampleJacobians.copy(xs, b * x.size(), x, 0, x.size());
      SampleJacobians.copy(yBars, b * yBar.size(), yBar, 0, yBar.size());
      Linearization at = f.linearize(x, theta, ws);
      pullInto(gradients, b, at, yBar);
      ys.copyFrom(at.output(), b * at.output().size());
    }
  }
}
