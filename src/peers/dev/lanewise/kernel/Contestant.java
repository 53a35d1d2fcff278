package dev.lanewise.kernel;

/// One library's way to a [Product], on operands of its own in the layout that it likes best.
interface Contestant {

  void multiply();

  double result(int i, int j);
}
