package dev.lanewise.kernel;

/// A library that computes a [Product], on its own copies of the operands in the layout that it prefers.
interface Contestant {

  void multiply();

  double result(int i, int j);
}
