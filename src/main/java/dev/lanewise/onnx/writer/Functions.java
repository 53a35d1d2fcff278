package dev.lanewise.onnx.writer;

import dev.lanewise.graph.primitive.Elementwise;
import dev.lanewise.graph.primitive.function.Abs;
import dev.lanewise.graph.primitive.function.Clamp;
import dev.lanewise.graph.primitive.function.Cos;
import dev.lanewise.graph.primitive.function.Erf;
import dev.lanewise.graph.primitive.function.Exp;
import dev.lanewise.graph.primitive.function.Expm1;
import dev.lanewise.graph.primitive.function.Log1p;
import dev.lanewise.graph.primitive.function.Log;
import dev.lanewise.graph.primitive.function.Pow;
import dev.lanewise.graph.primitive.function.Rare;
import dev.lanewise.graph.primitive.function.Reciprocal;
import dev.lanewise.graph.primitive.function.Round;
import dev.lanewise.graph.primitive.function.Sign;
import dev.lanewise.graph.primitive.function.Sin;
import dev.lanewise.graph.primitive.function.Sqrt;
import dev.lanewise.graph.primitive.function.Square;
import dev.lanewise.onnx.trace.Refusal;
import java.util.List;
import java.util.Locale;

/// Functions of single elements. Those without an operator are composed so that no digits are lost.
///
/// | function   | as |
/// |------------|----|
/// | eᵃ − 1     | tanh(a/2)·(eᵃ + 1) |
/// | log(1 + a) | log u + (a − (u − 1))/u, u = 1 + a rounded, the divisor at least the smallest normal number |
record Functions(FileGraph file, String scope) {

  String write(Elementwise function, String a) {
    return switch (function) {
      case Abs _ -> node("Abs", a);
      case Cos _ -> node("Cos", a);
      case Erf _ -> node("Erf", a);
      case Exp _ -> node("Exp", a);
      case Log _ -> node("Log", a);
      case Reciprocal _ -> node("Reciprocal", a);
      case Sign _ -> node("Sign", a);
      case Sin _ -> node("Sin", a);
      case Sqrt _ -> node("Sqrt", a);
      case Square _ -> node("Mul", a, a);
      case Pow pow -> node("Pow", a, file.number(pow.exponent()));
      case Clamp clamp -> node("Clip", a, file.number(clamp.low()), file.number(clamp.high()));
      case Expm1 _ -> node("Mul", node("Tanh", node("Mul", a, file.number(0.5))),
          node("Add", node("Exp", a), file.number(1)));
      case Log1p _ -> log1p(a);
      case Round round -> node(switch (round.to()) {
        case DOWN -> "Floor";
        case UP -> "Ceil";
        case NEAREST -> "Round";
      }, a);
      case Rare rare -> node(name(rare), a); // ONNX has the same names
      default -> throw new Refusal("function " + function + " has no form in ONNX, expected another");
    };
  }

  private static String name(Rare rare) {
    String name = rare.f().name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  private String log1p(String a) {
    String u = node("Add", a, file.number(1));
    String lost = node("Sub", a, node("Sub", u, file.number(1)));
    String divisor = node("Max", u, file.number(Float.MIN_NORMAL));
    return node("Add", node("Log", u), node("Div", lost, divisor));
  }

  private String node(String operator, String... inputs) {
    return file.node(scope, operator, List.of(inputs));
  }
}
