package dev.lanewise.testkit;

/// What is wrong with the layer of [BrokenLayers], and the law that must say so.
enum Fault {

  /// Nothing.
  SOUND(""),
  /// Says that there is one sample whatever the batch.
  ONE_SAMPLE_IN_OUTPUT_SHAPE("output-shape"),
  /// Forward rounds otherwise than linearize.
  FORWARD_BY_ANOTHER_FORMULA("forward-equals-linearize"),
  /// The sine from a table with three digits.
  COARSE_IN_FLOAT("float-agrees-with-double"),
  /// Says that the batch is the last axis.
  BATCH_LAST("batch-outermost"),
  /// A hundredth of the batch's first sample is in each.
  LEAKS_FIRST_SAMPLE("batch-independent"),
  /// The same, below what rounding may do.
  LEAKS_A_TRACE("batch-independent"),
  /// As much, but in training only, and not a word of it.
  LEAKS_IN_TRAINING("batch-independent-in-training"),
  /// Adds a term that depends on how many samples there are.
  DIVIDES_BY_BATCH("batch-independent"),
  /// Clips tangents, as gradients are clipped in training.
  CLIPS_TANGENTS("jvp-linear"),
  /// The derivative of another function, the same wrong one on both sides.
  COSINE_WITHOUT_ITS_SIGN("jvp-is-derivative"),
  /// The pull lost the factor w.
  PULL_WITHOUT_SCALE("adjoint"),
  /// The slope at hand lost the factor w.
  SLOPE_WITHOUT_SCALE("structure-is-jacobian"),
  /// The second derivative with the other sign.
  CURVATURE_WITHOUT_ITS_SIGN("vjp-dot-is-derivative"),
  /// Forgets that the factor w moves, too.
  SCALE_STANDS_STILL("vjp-dot-is-derivative"),
  /// Overwrites θ̄̇.
  PULL_DOT_OVERWRITES_THETA_BAR("vjp-dot-is-derivative"),
  /// A tangent that is none leaves the result unwritten.
  NONE_RETURNS_AT_ONCE("none-is-zero"),
  /// Every direction gets the first one's tangent.
  FIRST_DIRECTION_FOR_ALL("chunk-equals-singles"),
  /// Handles elements eight by eight and forgets the rest of long panels, on both sides alike.
  NO_TAIL_IN_LONG_PANELS("odd-sizes"),
  /// Multiplies by the slope where the tangent lies.
  SCALES_TANGENT_IN_PLACE("inputs-untouched"),
  /// Takes the output, which it does not need any more, for scratch.
  CLOBBERS_OUTPUT("inputs-untouched"),
  /// Each use of a linearization is a little different from the one before.
  DRIFTS("repeatable"),
  /// Adds to what is in ẏ.
  PUSH_ADDS("jvp-overwrites"),
  /// Adds to what is in x̄.
  PULL_ADDS_TO_X_BAR("vjp-overwrites-x-bar"),
  /// Overwrites θ̄: two uses of a weight would count once.
  PULL_OVERWRITES_THETA_BAR("vjp-adds-to-theta-bar"),
  /// Takes fresh scratch for zeros.
  TRUSTS_SCRATCH("dirty-workspace"),
  /// Points its object in the workspace at the data only once.
  KEEPS_FIRST_INPUT("dirty-workspace"),
  /// Resets the workspace that it was given, and so gives away what others hold.
  RESETS_WORKSPACE("shared-workspace"),
  /// Writes one element too many.
  WRITES_BEHIND_THE_END("views"),
  /// Keeps its residual in itself.
  RESIDUAL_IN_LAYER("concurrent-use"),
  /// Checks nothing after the input.
  OPEN_DOOR("refuses-bad-input"),
  /// Computes with the features that are there, whatever outputShape says.
  TAKES_ANY_WIDTH("refuses-bad-input"),
  /// Checks nothing before it differentiates a pull.
  OPEN_DOOR_OF_PULL_DOT("refuses-bad-input"),
  /// Counts its parameters, and reads as much of each as it needs.
  PARAMETERS_OF_ANY_SHAPE("refuses-other-parameters"),
  /// Clears the destination, then looks at the tangent.
  CLEARS_BEFORE_CHECKING("refuses-bad-input");

  final String law;

  Fault(String law) {
    this.law = law;
  }
}
