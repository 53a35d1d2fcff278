package dev.lanewise.autodiff.chain;

import java.util.List;

/// A bracket tree as text: the product's left part above its right one, a sum's branches below each other.
public final class BracketDrawing {

  private final StringBuilder text;
  private final List<ChainFactor> chain;
  private final List<FactorName> names;
  /// How many tangents or cotangents are pushed or pulled through the chain; 0 for none.
  private final int panel;

  private BracketDrawing(StringBuilder text, List<ChainFactor> chain, List<FactorName> names, int panel) {
    this.text = text;
    this.chain = chain;
    this.names = names;
    this.panel = panel;
  }

  /// Appends the tree to `text`, a line for each node.
  public static void draw(StringBuilder text, Bracket root, List<ChainFactor> chain, List<FactorName> names) {
    new BracketDrawing(text, chain, names, 0).draw(root, "", "");
  }

  private void draw(Bracket node, String lead, String below) {
    text.append(lead).append(line(node)).append('\n');
    switch (node) {
      case Bracket.Product product -> {
        draw(product.left(), below + "├ ", below + "│ ");
        draw(product.right(), below + "└ ", below + "  ");
      }
      case Bracket.Push push -> through(push.right(), push.branches(), push.last(), columns(push), below);
      case Bracket.Pull pull -> through(pull.left(), pull.branches(), pull.first(), rows(pull), below);
      case Bracket.Transposed transposed -> draw(transposed.of(), below + "└ ", below + "  ");
      case Bracket.Formed formed -> branches(formed.branches(), formed.first(), 0, below);
      case Bracket.AtHand _, Bracket.Seeded _, Bracket.Diagonal _, Bracket.Given _ -> { }
    }
  }

  private String line(Bracket node) {
    return switch (node) {
      case Bracket.AtHand leaf -> factor(leaf.first()) + " " + size(leaf) + " at hand: " + name(leaf.first());
      case Bracket.Seeded leaf -> factor(leaf.first()) + " " + size(leaf) + " identity "
          + (leaf.byColumns() ? "pushed" : "pulled") + " through: " + name(leaf.first());
      case Bracket.Product product -> "product " + size(product) + ", inner " + rowsAt(product.right().last());
      case Bracket.Push push -> "push " + size(push) + " through " + factor(push.last()) + ofSum(push.branches())
          + ": " + name(push.last());
      case Bracket.Pull pull -> "pull " + size(pull) + " through " + factor(pull.first()) + ofSum(pull.branches())
          + ": " + name(pull.first());
      case Bracket.Transposed transposed -> "transpose " + size(transposed)
          + (transposed.byColumns() ? " to columns" : " to rows");
      case Bracket.Formed formed -> factor(formed.first()) + " " + size(formed) + " formed" + ofSum(formed.branches())
          + ": " + name(formed.first());
      case Bracket.Diagonal _ -> "diagonal: " + name(0);
      case Bracket.Given given -> "the panel " + size(given);
    };
  }

  private static String factor(int index) {
    return "J" + (index + 1);
  }

  private static String ofSum(List<Bracket> branches) {
    return branches.isEmpty() ? "" : ", a sum of " + branches.size();
  }

  private void through(Bracket panel, List<Bracket> branches, int factor, int directions, String below) {
    draw(panel, below + (branches.isEmpty() ? "└ " : "├ "), below + (branches.isEmpty() ? "  " : "│ "));
    branches(branches, factor, directions, below);
  }

  private void branches(List<Bracket> branches, int factor, int directions, String below) {
    for (int index = 0; index < branches.size(); index++) {
      boolean last = index == branches.size() - 1;
      BracketDrawing branch = new BracketDrawing(text, chain.get(factor).branches().get(index),
          names.get(factor).branches().get(index), directions);
      branch.draw(branches.get(index), below + (last ? "└ + " : "├ + "), below + (last ? "    " : "│   "));
    }
  }

  private String name(int factor) {
    return names.get(factor).name();
  }

  private String size(Bracket node) {
    return rows(node) + " × " + columns(node);
  }

  private int rows(Bracket node) {
    return rowsAt(node.last());
  }

  private int columns(Bracket node) {
    return node.first() < 0 ? panel
        : node.first() == chain.size() ? chain.getLast().rows() : chain.get(node.first()).columns();
  }

  private int rowsAt(int last) {
    return last == chain.size() ? panel : last < 0 ? chain.getFirst().columns() : chain.get(last).rows();
  }
}
