package dev.lanewise.onnx.operator.form;

import dev.lanewise.graph.Node;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Traced;
import dev.lanewise.onnx.trace.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// `Einsum`: products of elements with equal letters, summed over the letters that the result does not have. Operands
/// are multiplied from left to right, each by one matrix product.
///
/// The letter of the batch stands for one sample: nodes do not have its axis. It must be in the result.
final class EinsteinSum {

  /// The letters of the axes that dots stand for, from the last axis on.
  private static final String DOTS = "0123456789";

  /// An intermediate result, and the letter of each of its axes, without the batch's.
  private record Term(Node node, String letters) {

    int length(char letter) {
      return node.shape().dim(letters.indexOf(letter));
    }
  }

  private final Call call;
  private final List<Traced> operands;
  private final List<String> letters = new ArrayList<>();
  private final String result;
  private final Map<Character, Integer> lengths = new HashMap<>();
  private char batch;
  private Traced batched;

  private EinsteinSum(Call call) {
    this.call = call;
    this.operands = call.allTraced();
    String equation = call.text("equation", "").replace(" ", "");
    String[] sides = equation.split("->", -1);
    String[] parts = sides[0].split(",", -1);
    if (sides.length > 2 || parts.length != operands.size()) {
      throw refusal(equation, "as many terms as there are operands, " + operands.size());
    }
    for (int i = 0; i < parts.length; i++) {
      letters.add(spelled(equation, parts[i], operands.get(i).rank()));
    }
    String all = String.join("", letters);
    this.result = sides.length == 2 ? resolved(equation, sides[1]) : implicit(all);
    if (result.chars().distinct().count() != result.length()
        || result.chars().anyMatch(each -> all.indexOf(each) < 0)) {
      throw refusal(equation, "each letter of the result once, and in an operand");
    }
  }

  static Value of(Call call) {
    return new EinsteinSum(call).value();
  }

  private RuntimeException refusal(String equation, String expected) {
    return call.refusal("equation is \"" + equation + "\" of " + operands + ", expected " + expected);
  }

  /// A term with its dots written out.
  private String spelled(String equation, String term, int rank) {
    int dots = rank - term.replace("...", "").length();
    String whole = term.replace("...", DOTS.substring(0, Math.clamp(dots, 0, DOTS.length())));
    if (dots < 0 || whole.length() != rank || !whole.chars().allMatch(Character::isLetterOrDigit)) {
      throw refusal(equation, "letters, one for each axis, and at most ten axes for the dots");
    }
    return reversedDots(whole);
  }

  /// Dots are aligned at the last axis: `0` is always the last of them.
  private static String reversedDots(String letters) {
    String dots = letters.chars().filter(Character::isDigit).mapToObj(Character::toString)
        .collect(Collectors.joining());
    return dots.isEmpty() ? letters : letters.replace(dots, new StringBuilder(dots).reverse());
  }

  private String resolved(String equation, String term) {
    long most = letters.stream().mapToLong(each -> each.chars().filter(Character::isDigit).count()).max().orElse(0);
    String dots = new StringBuilder(DOTS.substring(0, (int) most)).reverse().toString();
    if (most > 0 && !term.contains("...")) {
      throw refusal(equation, "the dots in the result, too");
    }
    return term.replace("...", dots);
  }

  /// Without a result: the dots, then the letters that occur once, in alphabetical order.
  private static String implicit(String all) {
    String dots = all.chars().filter(Character::isDigit).distinct().sorted().mapToObj(Character::toString)
        .collect(Collectors.joining());
    return new StringBuilder(dots).reverse() + all.chars()
        .filter(each -> Character.isLetter(each) && all.indexOf(each) == all.lastIndexOf(each)).sorted()
        .mapToObj(Character::toString).collect(Collectors.joining());
  }

  private Value value() {
    for (int i = 0; i < operands.size(); i++) {
      findBatch(operands.get(i), letters.get(i));
    }
    List<Term> terms = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      terms.add(term(operands.get(i), letters.get(i)));
    }
    Term all = terms.getFirst();
    for (int i = 1; i < terms.size(); i++) {
      String later = result + terms.stream().skip(i + 1).map(Term::letters).collect(Collectors.joining());
      all = product(all, terms.get(i), later);
    }
    return finished(summed(all, result));
  }

  private void findBatch(Traced operand, String own) {
    for (int axis = 0; axis < own.length(); axis++) {
      int length = operand.dim(axis);
      int before = lengths.getOrDefault(own.charAt(axis), 1);
      if (length != before && length != 1 && before != 1) {
        throw call.refusal("letter " + own.charAt(axis) + " is " + before + " and " + length + " long, expected one");
      }
      lengths.put(own.charAt(axis), Math.max(length, before));
    }
    if (operand.isBatched()) {
      char letter = own.charAt(operand.batch());
      boolean twice = own.indexOf(letter) != own.lastIndexOf(letter);
      if (twice || result.indexOf(letter) < 0 || batched != null && (letter != batch || !operand.isMergedAs(batched))) {
        throw call.refusal("the batch of " + operand + " is letter " + letter
            + ", expected the same letter in all operands and in the result: samples would mix");
      }
      batch = letter;
      batched = operand;
    }
  }

  /// An operand without the batch's axis and with each letter once.
  private Term term(Traced operand, String own) {
    boolean dropped = batched != null && !batched.isMerged();
    int at = dropped ? own.indexOf(batch) : -1;
    Node node = operand.isBatched() || at < 0 ? operand.node() : without(operand, at);
    String left = at < 0 ? own : own.substring(0, at) + own.substring(at + 1);
    for (int axis = 0; axis < left.length(); axis++) {
      int again = left.indexOf(left.charAt(axis), axis + 1);
      if (again >= 0) {
        node = diagonal(node, axis, again);
        left = left.substring(0, again) + left.substring(again + 1);
        axis--;
      }
    }
    return new Term(left.isEmpty() ? node.reshape(1) : node, left);
  }

  private Node without(Traced operand, int axis) {
    if (operand.dim(axis) != 1) {
      throw call.refusal("an operand " + operand + " has one value for each sample of a batch of " + operand.dim(axis)
          + ", expected an axis of length 1 there");
    }
    return operand.node().reshape(Traced.inner(operand.dims(), axis));
  }

  /// The diagonal of two axes, along the first of them.
  private static Node diagonal(Node node, int axis, int again) {
    int[] from = node.shape().toArray();
    int[] strides = Arranged.strides(from);
    int[] steps = strides.clone();
    steps[axis] += strides[again];
    int[] kept = IntStream.range(0, from.length).filter(each -> each != again).toArray();
    int[] dims = Arrays.stream(kept).map(each -> from[each]).toArray();
    int[] sources = Arranged.places(dims, Arrays.stream(kept).map(each -> steps[each]).toArray());
    return node.flatten().gather(0, sources).reshape(dims);
  }

  /// Sums over letters that are not needed later.
  private Term summed(Term term, String later) {
    int[] axes = IntStream.range(0, term.letters.length()).filter(axis -> later.indexOf(term.letters.charAt(axis)) < 0)
        .toArray();
    if (axes.length == 0) {
      return term;
    }
    String left = term.letters.chars().filter(each -> later.indexOf(each) >= 0).mapToObj(Character::toString)
        .collect(Collectors.joining());
    return new Term(term.node.sum(axes), left);
  }

  private Term product(Term first, Term second, String later) {
    Term a = summed(first, later + second.letters);
    Term b = summed(second, later + first.letters);
    String shared = common(a.letters, b.letters, later, true);
    String contracted = common(a.letters, b.letters, later, false);
    String rows = rest(a.letters, shared + contracted);
    String columns = rest(b.letters, shared + contracted);
    Node left = matrices(a, shared, rows, contracted);
    Node right = matrices(b, shared, contracted, columns);
    String letters = shared + rows + columns;
    Node product = left.matmul(right);
    int[] dims = letters.chars().map(each -> lengths.get((char) each)).toArray();
    return new Term(product.reshape(dims.length == 0 ? new int[] {1} : dims), letters);
  }

  private static String common(String a, String b, String later, boolean kept) {
    return a.chars().filter(each -> b.indexOf(each) >= 0 && later.indexOf(each) >= 0 == kept)
        .mapToObj(Character::toString).collect(Collectors.joining());
  }

  private static String rest(String letters, String without) {
    return letters.chars().filter(each -> without.indexOf(each) < 0).mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  /// A term as matrices, one for each place of the shared letters.
  private Node matrices(Term term, String shared, String rows, String columns) {
    Node node = ordered(term, shared + rows + columns);
    for (int axis = 0; axis < term.letters.length(); axis++) {
      int whole = lengths.get((shared + rows + columns).charAt(axis));
      node = node.shape().dim(axis) == whole ? node : node.repeat(axis, whole);
    }
    return shared.isEmpty() ? node.reshape(size(rows), size(columns))
        : node.reshape(size(shared), size(rows), size(columns));
  }

  private static Node ordered(Term term, String order) {
    int[] axes = order.chars().map(term.letters::indexOf).toArray();
    return order.equals(term.letters) ? term.node : term.node.permute(axes);
  }

  private int size(String of) {
    return of.chars().map(each -> lengths.get((char) each)).reduce(1, Math::multiplyExact);
  }

  private Value finished(Term term) {
    int at = batched == null ? -1 : result.indexOf(batch);
    String inner = batched == null || batched.isMerged() ? result : result.substring(0, at) + result.substring(at + 1);
    Node node = inner.isEmpty() ? term.node : ordered(term, inner);
    int[] dims = result.chars().map(each -> each == batch && batched != null && !batched.isMerged() ? 1
        : term.length((char) each)).toArray();
    return batched == null ? Traced.of(node, dims, -1) : Traced.like(batched, node, dims, at);
  }
}
