package dev.lanewise.kernel;

/// A kernel, and the loop that a programmer would write in its place.
record Contest(String name, Runnable kernel, Runnable loop) {

  /// How often what seems slow is timed, as something else may have been running.
  private static final int ROUNDS = 4;
  private static final long NANOS = 15_000_000;
  private static final int WARM_UP = 3_000;
  private static final long MOST_WARM_UP_NANOS = 1_500_000_000;

  /// Nanoseconds of a call.
  record Times(double kernel, double loop) {

    double ratio() {
      return kernel / loop;
    }
  }

  /// @param most from which ratio on the kernel seems slow
  Times times(double most) {
    double ofKernel = Double.POSITIVE_INFINITY;
    double ofLoop = Double.POSITIVE_INFINITY;
    for (int round = 0; round == 0 || round < ROUNDS && ofKernel > most * ofLoop; round++) {
      ofKernel = Math.min(ofKernel, nanos(kernel));
      ofLoop = Math.min(ofLoop, nanos(loop));
    }
    return new Times(ofKernel, ofLoop);
  }

  /// The shortest of some rounds, after so many calls that C2 has compiled what it will compile.
  private static double nanos(Runnable run) {
    long begin = System.nanoTime();
    for (int call = 0; call < WARM_UP && System.nanoTime() - begin < MOST_WARM_UP_NANOS; call++) {
      run.run();
    }
    double least = Double.POSITIVE_INFINITY;
    int calls = 1;
    for (begin = System.nanoTime(); System.nanoTime() - begin < NANOS; ) {
      long start = System.nanoTime();
      for (int call = 0; call < calls; call++) {
        run.run();
      }
      long taken = System.nanoTime() - start;
      least = Math.min(least, (double) taken / calls);
      calls = taken < NANOS / 32 ? calls * 2 : calls;
    }
    return least;
  }
}
