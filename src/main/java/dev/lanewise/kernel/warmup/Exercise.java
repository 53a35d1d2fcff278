package dev.lanewise.kernel.warmup;

/// Calls of one kernel on unused numbers, so that its vector code gets compiled and can be observed.
///
/// HotSpot compiles a method with C2 after some 5,000 calls, or 600 with 15,000 loop iterations. Until then each vector
/// in it is an object of a hundred bytes or more. So most calls are [#light], as small as they can be on the same path.
/// [#full] calls add the rest that C2 must have seen, so that it does not leave it out.
public abstract class Exercise {

  private final int key;

  /// @param key the key for [Ready#is]
  protected Exercise(int key) {
    this.key = key;
  }

  final int key() {
    return key;
  }

  /// A readable name, such as `product of floats 6×64×64`. Called on the exercising thread, as a new process takes ten
  /// milliseconds to join its first strings.
  protected abstract String name();

  /// The key of a kernel that this one contains, or 0. This one may be exercised before that kernel is ready, but does
  /// not become ready before it.
  protected int needs() {
    return 0;
  }

  /// The family of this exercise. Exercises of one family share code: each waits until the one before it is compiled.
  protected int family() {
    return key;
  }

  /// The number of calls that make C2 compile: fewer where a method has long loops.
  protected int calls() {
    return 5_200;
  }

  /// The number of kinds of full calls.
  protected int variants() {
    return 1;
  }

  /// A small call with vectors, or one with nothing to do, which C2 counts as well.
  protected abstract void light(int step);

  /// A call with vectors of a caller's size, of one of the kinds.
  protected abstract void full(int variant);

  /// A full call of this kind in plain Java, to compare times with if bytes cannot be counted.
  protected abstract void plain(int variant);
}
