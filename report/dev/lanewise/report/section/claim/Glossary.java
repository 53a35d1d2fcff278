package dev.lanewise.report.section.claim;

import java.util.List;
import java.util.Map;

/// The words of the page's first screen, for a reader who knows calculus.
final class Glossary {

  private Glossary() {}

  static final List<Map.Entry<String, String>> TERMS = List.of(
      Map.entry("The claim", "Forward mode is cheaper if and only if D < M: equations (13) and (14) of the lecture “M2 Deep Neural Networks: Neural Networks for"
          + " Structured Data II” (CEE 616, Jimi Oke, University of Massachusetts Amherst, 2025), “the slides” on this page."),
      Map.entry("D, M", "The network’s numbers of inputs and of outputs. Its Jacobian holds the M × D derivatives of each output by each input."),
      Map.entry("E", "How many weights the network has: so many multiply-adds, each a·b + c, take its value."),
      Map.entry("Direction", "One input or one output along which derivatives are carried through the network, for about E multiply-adds."
          + " Forward mode takes D directions, one for each input; reverse mode takes M, one for each output, from the end to the beginning."),
      Map.entry("Chunk", "So many directions carried at once, so that a weight is loaded once for all of them. The slides carry one at a time."),
      Map.entry("Elided seeds", "The first and last layer’s weights are taken as they stand instead of being multiplied by the directions’ ones and zeros."),
      Map.entry("r*", "The crossover: the D/M at which both modes take the same time. By the claim it is 1."),
      Map.entry("Tie", "A pair with D and M less than a factor of 2 apart. The claim says little about which mode is the faster there."),
      Map.entry("Fork", "A new virtual machine that measures all pairs. What it draws once, such as where arrays lie, another fork draws anew."),
      Map.entry("Interval", "The range that such a procedure makes hold the true value in 95 of 100 experiments, if forks are all that varies."),
      Map.entry("Equivalence", "That r* lies within a factor of 1.25 of 1. It is shown only if the whole interval lies there;"
          + " an interval that also leaves 1 out says: close, but not equal."));
}
