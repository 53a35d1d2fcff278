package dev.lanewise.report.section.claim;

import java.util.List;
import java.util.Map;

/// The words of the page's first screen, for a reader who knows calculus.
final class Glossary {

  private Glossary() {}

  static final List<Map.Entry<String, String>> TERMS = List.of(
      Map.entry("The claim",
          "Forward mode is cheaper if and only if D < M. It follows from equations (13) and (14) of the lecture “M2 "
              + "Deep Neural Networks: Neural Networks for Structured Data II” (CEE 616, Jimi Oke, University of "
              + "Massachusetts Amherst, 2025), “the slides” on this page."),
      Map.entry("D, M",
          "The network’s numbers of inputs and of outputs. Its Jacobian holds the M × D derivatives of each output by "
              + "each input."),
      Map.entry("E",
          "How many weights the network has. The value at one point takes about one multiply-add for each."),
      Map.entry("Multiply-add",
          "One product and one sum, a·b + c: what nearly all of the arithmetic consists of. The library’s kernels "
              + "count theirs."),
      Map.entry("Direction",
          "One input or one output whose derivatives are carried through the network by the chain rule, for E "
              + "multiply-adds. Forward mode carries D directions, one for each input; reverse mode carries M from the "
              + "outputs back. So it is D·E against M·E."),
      Map.entry("Chunk",
          "Several directions carried at once, so that a weight is loaded once for all of them. The slides carry one "
              + "at a time."),
      Map.entry("Seeds",
          "What a direction starts from: a one among zeros. “Elided”, the zeros are not multiplied: the first or the "
              + "last layer’s weights are the directions after one layer."),
      Map.entry("Cell",
          "One pair D × M in one setting: a network, a precision, a way of carrying directions, a virtual machine."),
      Map.entry("Tie",
          "A cell with D and M less than a factor of 2 apart. The claim says little about which mode is faster "
              + "there."),
      Map.entry("r*",
          "The crossover: the D/M at which both modes take the same time. By the claim it is 1, whatever the size "
              + "D·M."),
      Map.entry("Fork",
          "A new virtual machine that measures all pairs of a setting. What one fork draws, such as where arrays lie, "
              + "another draws anew."),
      Map.entry("Interval",
          "In brackets after a figure. Of intervals made in this way, 95 of 100 contain the median of many forks on "
              + "this machine in this hour."),
      Map.entry("Equivalence",
          "r* lies within a factor of 1.25 of 1. It is shown if the whole interval lies there; an interval that leaves "
              + "out 1 itself means: close, but not equal."));
}
