package dev.lanewise.kernel.window;

/// The shapes of convolutions in recent use, so that what a repeated one needs is worked out once.
public final class ConvolutionShapes {

  /// The most shapes kept, enough for one network; the oldest makes room for a new one.
  private static final int MOST = 32;

  private final ConvolutionShape wanted = new ConvolutionShape();
  private final ConvolutionShape[] known = new ConvolutionShape[MOST];
  private int count;
  private int oldest;

  /// The shape to give all sizes before [#find] is called.
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
