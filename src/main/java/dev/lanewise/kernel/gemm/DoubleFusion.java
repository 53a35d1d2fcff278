package dev.lanewise.kernel.gemm;

import dev.lanewise.kernel.elementwise.Nonlinearity;

/// What is fused into a gemm C = A·B, so that no operand is passed over twice.
///
/// | stage       | formula                                    | used by                                 |
/// |-------------|--------------------------------------------|-----------------------------------------|
/// | NONE        |                                            | plain products                          |
/// | ACTIVATE    | C ← φ(C + 1·biasᵀ), slope ← φ′ if kept       | a dense layer's forward pass            |
/// | SLOPE_ON_C  | C ← φ′ ⊙ C                                  | pushing tangents: Ẏ = φ′ ⊙ (Ẋ·Wᵀ)        |
/// | SLOPE_ON_A  | A ← φ′ ⊙ A as it is packed                  | pulling cotangents: X̄ = (φ′ ⊙ Ȳ)·W       |
///
/// φ′ comes from a residual matrix (the output or the kept slope, see [Nonlinearity#slopeFromOutput()]) of `period`
/// rows; row i of the chunk uses residual row i mod period, so that k directions share one residual.
public final class DoubleFusion {

  /// Stands for φ where a diagonal matrix takes the place of φ′. It is a φ whose slope is kept, so that scaling by the
  /// slope is a product.
  public static final Nonlinearity DIAGONAL = Nonlinearity.SOFTPLUS;

  enum Stage { NONE, ACTIVATE, SLOPE_ON_C, SLOPE_ON_A }

  Stage stage = Stage.NONE;
  Nonlinearity nonlinearity = Nonlinearity.IDENTITY;
  double[] bias;
  int biasAt;
  double[] residual;
  int residualAt;
  int period;
  /// The distance between rows of the residual.
  int residualStride;
  /// The row of the whole product at which this part of it begins.
  int firstRow;
  /// A number for the choices that decide which code runs, for the keys of [DoubleGemmExercise].
  int kind;

  /// Only usable through a [DoubleScratch].
  DoubleFusion() {}

  /// Takes the size of the product that this is fused into.
  void ride(int n, int k) {
    residualStride = stage == Stage.SLOPE_ON_A ? k : n;
    firstRow = 0;
  }

  /// Makes this the fusion `whole` for the part of C that begins at this row and column.
  DoubleFusion part(DoubleFusion whole, int row, int column) {
    stage = whole.stage;
    nonlinearity = whole.nonlinearity;
    bias = whole.bias;
    biasAt = whole.biasAt + column;
    residual = whole.residual;
    residualAt = whole.residualAt + (stage == Stage.SLOPE_ON_A ? 0 : column);
    period = whole.period;
    kind = whole.kind;
    residualStride = whole.residualStride;
    firstRow = row;
    return this;
  }

  /// Whether there is a φ or a slope.
  public boolean isFused() {
    return stage != Stage.NONE;
  }

  /// Whether the stage is φ of a value; otherwise it is a slope.
  public boolean isActivation() {
    return stage == Stage.ACTIVATE;
  }

  /// Whether the slope is kept.
  public boolean isKept() {
    return residual != null;
  }

  public Nonlinearity nonlinearity() {
    return nonlinearity;
  }

  /// Fuses nothing.
  public DoubleFusion none() {
    stage = Stage.NONE;
    kind = 0;
    return this;
  }

  /// C ← φ(C + bias); the slope is kept in `slope` unless that is null.
  public DoubleFusion activate(Nonlinearity nonlinearity, double[] bias, int biasAt, double[] slope, int slopeAt) {
    this.stage = nonlinearity == Nonlinearity.IDENTITY && bias == null && slope == null ? Stage.NONE : Stage.ACTIVATE;
    this.nonlinearity = nonlinearity;
    this.bias = bias;
    this.biasAt = biasAt;
    this.residual = slope;
    this.residualAt = slopeAt;
    return numbered();
  }

  /// C ← φ′ ⊙ C.
  public DoubleFusion slopeOnC(Nonlinearity nonlinearity, double[] residual, int residualAt, int period) {
    return slope(Stage.SLOPE_ON_C, nonlinearity, residual, residualAt, period);
  }

  /// C ← C·diag(s): each row times s.
  public DoubleFusion diagonalOnC(double[] s, int at) {
    return slope(Stage.SLOPE_ON_C, DIAGONAL, s, at, 1);
  }

  /// A ← A·diag(s): each row times s.
  public DoubleFusion diagonalOnA(double[] s, int at) {
    return slope(Stage.SLOPE_ON_A, DIAGONAL, s, at, 1);
  }

  /// A ← φ′ ⊙ A.
  public DoubleFusion slopeOnA(Nonlinearity nonlinearity, double[] residual, int residualAt, int period) {
    return slope(Stage.SLOPE_ON_A, nonlinearity, residual, residualAt, period);
  }

  private DoubleFusion slope(Stage stage, Nonlinearity nonlinearity, double[] residual, int residualAt, int period) {
    this.stage = nonlinearity == Nonlinearity.IDENTITY ? Stage.NONE : stage;
    this.nonlinearity = nonlinearity;
    this.bias = null;
    this.residual = residual;
    this.residualAt = residualAt;
    this.period = period;
    return numbered();
  }

  private DoubleFusion numbered() {
    kind = stage == Stage.NONE
        ? 0
        : stage.ordinal() | nonlinearity.ordinal() << 2 | (bias == null ? 0 : 1 << 8) | (residual == null ? 0 : 1 << 9);
    return this;
  }
}
