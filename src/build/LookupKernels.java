import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes the loops of functions of `float` that are polynomials whose coefficients come from tables of eight numbers.
///
/// Run by Maven at `generate-sources`: `java LookupKernels.java TARGET` writes `FloatVectorTanh.java` and its like, for vectors of any
/// width. Generated because what is picked from a table must be spelled out: a method that returns a vector boxes it where C2 does not
/// inline it. In a template
///
/// | written         | becomes                                                                                        |
/// |-----------------|------------------------------------------------------------------------------------------------|
/// | `S3[piece$]`    | picked from a register that holds the table, once or, with 16 lanes, twice; with 4 from two, blended |
/// | `x$`            | `x0` and `x1` in the loop over pairs of vectors, statement by statement; `x` in that over the rest |
/// | `at$`           | where the vector begins; in the rest moved left until it ends with the part, see `FloatTail`     |
///
/// Two vectors side by side for the reason that `Interleave` gives.
final class LookupKernels {

  private static final Pattern LOOKUP = Pattern.compile("([A-Z]\\w*)\\[(\\w+)\\$\\]");
  private static final Pattern PIECE = Pattern.compile("IntVector piece\\$ = .*");

  /// A function: what follows its result among the parameters, the class of its tables, and what is done to a vector.
  private record Template(String name, String parameters, String owner, String statements) {

    List<String> tables() {
      List<String> tables = new ArrayList<>();
      Matcher lookups = LOOKUP.matcher(statements);
      while (lookups.find()) {
        if (!tables.contains(lookups.group(1))) {
          tables.add(lookups.group(1));
        }
      }
      return tables;
    }
  }

  private static final String KEPT = ", float[] slope, int so";

  private static final Template TANH = new Template("tanh", "", "FloatTanh", """
      FloatVector x$ = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at$));
      FloatVector a$ = x$.abs();
      IntVector piece$ = a$.add(FloatTanh.ORIGIN).viewAsIntegralLanes().lanewise(LSHR, FloatTanh.LEADING).min(FloatTanh.LAST);
      FloatVector t$ = a$.sub(CENTERS[piece$]);
      FloatVector top$ = C8[piece$].fma(t$, C7[piece$]).fma(t$, C6[piece$]).fma(t$, C5[piece$]);
      FloatVector q$ = top$.fma(t$, C4[piece$]).fma(t$, C3[piece$]).fma(t$, C2[piece$]).fma(t$, C1[piece$]);
      IntVector base$ = C0[piece$].viewAsIntegralLanes().max(t$.viewAsIntegralLanes());
      FloatVector p$ = q$.fma(t$, TYPE.cast(base$.viewAsFloatingLanes()));
      IntVector sign$ = x$.viewAsIntegralLanes().and(Integer.MIN_VALUE);
      IntVector magnitude$ = p$.blend(1.0f, a$.compare(GT, FloatTanh.END)).viewAsIntegralLanes();
      TYPE.cast(magnitude$.or(sign$).viewAsFloatingLanes()).intoArray(y, yo + at$);
      """);

  /// From a, |x| or that held, to 2⁴⁰·σ(−a).
  private static final String PART = """
      FloatVector shifted$ = a$.fma(FloatLogistic.LOG2_E, FloatLogistic.SHIFT);
      FloatVector turns$ = shifted$.sub(FloatLogistic.SHIFT);
      IntVector bits$ = shifted$.viewAsIntegralLanes();
      IntVector piece$ = bits$.min(FloatLogistic.LAST_BITS);
      FloatVector r$ = turns$.lanewise(FMA, -FloatMath.LN2_HIGH, a$).sub(CENTERS[piece$]);
      FloatVector t$ = turns$.lanewise(FMA, -FloatMath.LN2_LOW, r$);
      FloatVector q$ = S6[piece$].fma(t$, S5[piece$]).fma(t$, S4[piece$]).fma(t$, S3[piece$]).fma(t$, S2[piece$]).fma(t$, S1[piece$]);
      FloatVector scaled$ = TYPE.cast(scale.sub(bits$.lanewise(LSHL, 23)).viewAsFloatingLanes());
      FloatVector first$ = S0[piece$];
      FloatVector p$ = q$.fma(t$, first$);
      FloatVector power$ = p$.mul(scaled$);
      FloatVector series$ = power$.fma(FloatLogistic.D3, FloatLogistic.D2).lanewise(FMA, power$, FloatLogistic.D1).mul(power$);
      FloatVector rest$ = p$.fma(series$, q$.fma(t$, first$.sub(p$)));
      FloatVector part$ = p$.add(rest$.blend(0.0f, shifted$.compare(LT, FloatLogistic.LAST_SHIFTED))).mul(scaled$);
      """;

  private static final Template SIGMOID = new Template("sigmoid", "", "FloatLogistic", """
      FloatVector x$ = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at$));
      FloatVector a$ = x$.abs();
      """ + PART + """
      FloatVector least$ = part$.mul(FloatLogistic.UNSCALED).blend(0.0f, a$.compare(GT, FloatLogistic.END));
      one.sub(least$).blend(least$, x$.compare(LT, 0.0f)).intoArray(y, yo + at$);
      """);

  private static final Template SILU = new Template("silu", KEPT, "FloatLogistic", """
      FloatVector x$ = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at$));
      IntVector held$ = x$.viewAsIntegralLanes().and(Integer.MAX_VALUE).min(FloatLogistic.END_BITS);
      FloatVector a$ = TYPE.cast(held$.viewAsFloatingLanes());
      """ + PART + """
      FloatVector least$ = part$.mul(FloatLogistic.UNSCALED);
      FloatVector tail$ = unscaled.blend(0.0f, x$.compare(LT, -FloatLogistic.END));
      VectorMask<Float> negative$ = x$.compare(LT, 0.0f);
      FloatVector silu$ = a$.neg().fma(least$, x$).blend(x$.mul(part$).mul(tail$), negative$);
      silu$.intoArray(y, yo + at$);
      if (slope != null) {
        FloatVector most$ = one.sub(least$);
        silu$.fma(least$.blend(most$, negative$), most$.blend(least$, negative$)).intoArray(slope, so + at$);
      }
      """);

  private static final Template SOFTPLUS = new Template("softplus", KEPT, "FloatLogistic", """
      FloatVector x$ = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at$));
      FloatVector a$ = x$.abs();
      FloatVector shifted$ = a$.fma(FloatLogistic.LOG2_E, FloatLogistic.SHIFT);
      FloatVector turns$ = shifted$.sub(FloatLogistic.SHIFT);
      IntVector bits$ = shifted$.viewAsIntegralLanes();
      IntVector piece$ = bits$.min(FloatLogistic.LAST_BITS);
      FloatVector t$ = turns$.lanewise(FMA, -FloatMath.LN2_LOW, turns$.lanewise(FMA, -FloatMath.LN2_HIGH, a$));
      FloatVector q$ = P6[piece$].fma(t$, P5[piece$]).fma(t$, P4[piece$]).fma(t$, P3[piece$]).fma(t$, P2[piece$]).fma(t$, P1[piece$]);
      FloatVector scaled$ = TYPE.cast(scale.sub(bits$.lanewise(LSHL, 23)).viewAsFloatingLanes());
      FloatVector first$ = P0[piece$];
      FloatVector p$ = q$.fma(t$, first$);
      FloatVector power$ = p$.mul(scaled$);
      FloatVector log$ = power$.fma(FloatLogistic.H3, FloatLogistic.H2).lanewise(FMA, power$, FloatLogistic.H1).mul(power$);
      FloatVector rest$ = p$.fma(log$, q$.fma(t$, first$.sub(p$)));
      FloatVector part$ = p$.add(rest$.blend(0.0f, shifted$.compare(LT, FloatLogistic.LAST_SHIFTED))).mul(scaled$);
      FloatVector w$ = part$.mul(unscaled);
      FloatVector v$ = w$.blend(0.0f, a$.compare(GT, FloatLogistic.END));
      x$.blend(0.0f, x$.compare(LE, 0.0f)).add(v$).intoArray(y, yo + at$);
      if (slope != null) {
        FloatVector v2$ = v$.mul(v$);
        FloatVector high$ = v2$.lanewise(FMA, FloatLogistic.R6, v$.fma(FloatLogistic.R5, FloatLogistic.R4));
        FloatVector series$ = high$.fma(v2$, v$.fma(FloatLogistic.R3, FloatLogistic.R2));
        FloatVector least$ = v2$.fma(series$, v$);
        one.sub(least$).blend(least$, x$.compare(LT, 0.0f)).intoArray(slope, so + at$);
      }
      """);

  private static final Template GELU = new Template("gelu", KEPT, "FloatNormal", """
      FloatVector x$ = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at$));
      FloatVector magnitude$ = x$.abs();
      FloatVector a$ = magnitude$.blend(FloatNormal.TAIL_END, magnitude$.compare(GT, FloatNormal.TAIL_END));
      FloatVector half$ = a$.mul(-0.5f);
      FloatVector exponent$ = half$.mul(a$);
      FloatVector shifted$ = exponent$.fma(-FloatLogistic.LOG2_E, FloatLogistic.SHIFT);
      FloatVector turns$ = shifted$.sub(FloatLogistic.SHIFT);
      FloatVector high$ = turns$.lanewise(FMA, FloatMath.LN2_HIGH, exponent$);
      FloatVector low$ = turns$.lanewise(FMA, FloatMath.LN2_LOW, half$.fma(a$, exponent$.neg()));
      FloatVector r$ = high$.add(low$);
      FloatVector square$ = r$.mul(r$);
      FloatVector upper4To6$ = square$.lanewise(FMA, FloatNormal.E6, r$.fma(FloatNormal.E5, FloatNormal.E4));
      FloatVector m$ = high$.add(upper4To6$.fma(square$, r$.fma(FloatNormal.E3, FloatNormal.E2)).fma(square$, low$));
      IntVector piece$ = a$.add(FloatNormal.ORIGIN).viewAsIntegralLanes().lanewise(LSHR, FloatNormal.LEADING);
      FloatVector t$ = a$.sub(CENTERS[piece$]);
      FloatVector top$ = G8[piece$].fma(t$, G7[piece$]).fma(t$, G6[piece$]).fma(t$, G5[piece$]);
      FloatVector q$ = top$.fma(t$, G4[piece$]).fma(t$, G3[piece$]).fma(t$, G2[piece$]).fma(t$, G1[piece$]);
      FloatVector center$ = G0[piece$];
      FloatVector g$ = q$.fma(t$, center$);
      FloatVector lost$ = q$.fma(t$, center$.sub(g$));
      FloatVector scaled$ = TYPE.cast(scale.sub(shifted$.viewAsIntegralLanes().lanewise(LSHL, 23)).viewAsFloatingLanes());
      FloatVector rest$ = m$.fma(g$, lost$);
      FloatVector ofNegative$ = x$.mul(scaled$);
      FloatVector tail$ = unscaled.blend(0.0f, x$.compare(LT, -FloatNormal.TAIL_END));
      VectorMask<Float> negative$ = x$.compare(LT, 0.0f);
      FloatVector gelu$ = a$.neg().fma(g$.add(rest$).mul(scaled$).mul(unscaled), x$);
      gelu$.blend(ofNegative$.fma(g$, ofNegative$.mul(rest$)).mul(tail$), negative$).intoArray(y, yo + at$);
      if (slope != null) {
        FloatVector level$ = a$.lanewise(FMA, -FloatNormal.INVERSE_SQRT_2PI, g$).add(lost$);
        FloatVector least$ = m$.fma(level$, level$).mul(scaled$).mul(tail$);
        one.sub(least$).blend(least$, negative$).intoArray(slope, so + at$);
      }
      """);

  private static final Template ERF = new Template("erf", "", "FloatErf", """
      FloatVector x$ = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at$));
      FloatVector a$ = x$.abs();
      IntVector piece$ = a$.fma(FloatErf.PIECES_A_UNIT, FloatErf.SHIFT).viewAsIntegralLanes();
      FloatVector t$ = a$.sub(CENTERS[piece$]);
      FloatVector top$ = C8[piece$].fma(t$, C7[piece$]).fma(t$, C6[piece$]).fma(t$, C5[piece$]);
      FloatVector q$ = top$.fma(t$, C4[piece$]).fma(t$, C3[piece$]).fma(t$, C2[piece$]).fma(t$, C1[piece$]);
      IntVector base$ = C0[piece$].viewAsIntegralLanes().max(t$.viewAsIntegralLanes());
      FloatVector p$ = q$.fma(t$, TYPE.cast(base$.viewAsFloatingLanes()));
      IntVector sign$ = x$.viewAsIntegralLanes().and(Integer.MIN_VALUE);
      FloatVector erf$ = p$.blend(1.0f, a$.compare(GT, FloatErf.END));
      TYPE.cast(erf$.viewAsIntegralLanes().or(sign$).viewAsFloatingLanes()).intoArray(y, yo + at$);
      """);

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("usage: java LookupKernels.java TARGET");
    }
    Path target = Path.of(arguments[0]).resolve("dev/lanewise/kernel");
    write(target, "FloatTanh", TANH);
    write(target, "FloatLogistic", SIGMOID, SILU, SOFTPLUS);
    write(target, "FloatNormal", GELU);
    write(target, "FloatErf", ERF);
  }

  private static void write(Path target, String owner, Template... templates) throws IOException {
    String name = owner.replace("Float", "FloatVector");
    StringBuilder source = new StringBuilder("""
        // Generated by src/build/LookupKernels.java: edit that file, not this one.
        package dev.lanewise.kernel;

        import static dev.lanewise.kernel.FloatLanes.*;
        import static jdk.incubator.vector.VectorOperators.*;

        import jdk.incubator.vector.FloatVector;
        import jdk.incubator.vector.IntVector;
        import jdk.incubator.vector.VectorMask;

        /// [%2$s] over arrays: the same steps in the same order, so the same bits, whatever the width.
        final class %1$s {

          private %1$s() {}
        """.formatted(name, owner));
    for (Template template : templates) {
      method(source, template);
    }
    source.append("}\n");
    Path file = target.resolve(name + ".java");
    if (Files.notExists(file) || !Files.readString(file).contentEquals(source)) {
      Files.createDirectories(target);
      Files.writeString(file, source);
    }
  }

  private static void method(StringBuilder source, Template template) {
    String arguments = template.parameters.replaceAll("float\\[\\]|int", "").replace(" ", "").replace(",", ", ");
    source.append("\n  static void %s(int n, int last, float[] z, int zo, float[] y, int yo%s) {\n".formatted(
        template.name, template.parameters));
    source.append("""
            for (int i = %s(n, z, zo, y, yo%s); i < n; i += LENGTH) {
              int at = Math.min(i, last);
              VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
        """.formatted(pairs(template), arguments));
    constants(source, template);
    for (String line : template.statements.lines().toList()) {
      source.append(forVector(line.replaceAll("(intoArray\\(.*at\\$)\\)", "$1, lanes)"), "", "at"));
    }
    source.append("    }\n  }\n");
    source.append("\n  private static int %s(int n, float[] z, int zo, float[] y, int yo%s) {\n".formatted(
        pairs(template), template.parameters));
    source.append("""
            int pairs = n & -2 * LENGTH;
            for (int i = 0; i < pairs; i += 2 * LENGTH) {
        """);
    constants(source, template);
    for (String line : template.statements.lines().toList()) {
      source.append(line.contains("$") ? forVector(line, "0", "i") + forVector(line, "1", "i + LENGTH") : "      " + line + "\n");
    }
    source.append("    }\n    return pairs;\n  }\n");
  }

  private static String pairs(Template template) {
    return template.name + "OfPairs";
  }

  /// What no turn changes. Inside the loop, from where C2 moves it out: what is alive before a loop that has never been entered, C2
  /// keeps as objects, and makes them on each call.
  private static void constants(StringBuilder source, Template template) {
    for (String table : template.tables()) {
      for (String part : List.of("", "Upper")) {
        source.append("      IntVector %s%s = IntVector.fromArray(INTS, %s.%s, %s);\n".formatted(
            register(table), part, template.owner, table, part.isEmpty() ? "0" : "UPPER"));
      }
    }
    source.append("""
              FloatVector one = TYPE.cast(FloatVector.broadcast(SPECIES, 1.0f));
              FloatVector unscaled = TYPE.cast(FloatVector.broadcast(SPECIES, FloatLogistic.UNSCALED));
              IntVector scale = IntVector.broadcast(INTS, FloatLogistic.SCALE_BITS);
        """);
  }

  private static String forVector(String line, String vector, String at) {
    String written = "      " + LOOKUP.matcher(line).replaceAll(lookup -> Matcher.quoteReplacement(pick(register(lookup.group(1))))) + "\n";
    if (PIECE.matcher(line.strip()).matches()) {
      written += """
                IntVector lane$ = piece$.and(LANE);
                VectorMask<Integer> upper$ = IN_ONE ? null : piece$.and(4).compare(NE, 0);
          """;
    }
    return written.replace("at$", at).replace("$", vector);
  }

  private static String pick(String table) {
    return "TYPE.cast((IN_ONE ? lane$.selectFrom(%1$s) : lane$.selectFrom(%1$s).blend(lane$.selectFrom(%1$sUpper), upper$)).viewAsFloatingLanes())"
        .formatted(table);
  }

  private static String register(String table) {
    return table.toLowerCase(Locale.ROOT) + "Table";
  }
}
