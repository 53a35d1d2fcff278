package dev.lanewise.kernel.window;

/// The shapes of convolutions that were lately in use, so that what a repeated one needs is worked out once.
public final class ConvolutionShapes {

  /// Convolutions of one network at a time; the oldest makes room for another one.
  private static final int MOST = 32;

  private final ConvolutionShape wanted = new ConvolutionShape();
  private final ConvolutionShape[] known = new ConvolutionShape[MOST];
  private int count;
  private int oldest;

  /// To be given all sizes before [#find] is asked.
  public ConvolutionShape wanted() {
    return wanted;
  }

  /// The shape of these sizes.
  public ConvolutionShape find() {
    for (int at = 0; at < count; at++) {
      if (known[at].hasSizesOf(wanted)) {
        return known[at];
      }
    }
    ConvolutionShape shape;
    if (count < MOST) {
      shape = known[count++] = new ConvolutionShape();
    } else {
      shape = known[oldest];
      oldest = (oldest + 1) % MOST;
    }
    shape.become(wanted);
    return shape;
  }
}
