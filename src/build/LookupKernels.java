import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes the loops of functions of `float` that are polynomials whose coefficients come from tables of eight numbers.
///
/// One class for each function, `FloatVectorTanh` and its like, for vectors of any width. Generated because each pick
/// from a table must be spelled out: a method that returns a vector boxes it where C2 does not inline it. In a
/// template
///
/// | written      | becomes                                                                                          |
/// |--------------|--------------------------------------------------------------------------------------------------|
/// | `G3[piece$]` | picked from a register with the table, once or, with 16 lanes, twice; with 4 from two, blended   |
/// | `x$`         | `x0` and `x1` in the loop over pairs of vectors, one after the other; `x` in that over the rest  |
/// | `at$`        | where the vector begins; in the rest moved left until it ends with the part, see `FloatTail`     |
///
/// `NearKernels` says why two vectors stand side by side.
final class LookupKernels extends FunctionLoops {

  private static final String NOTICE = Output.GENERATED + "LookupKernels.java: edit that file, not this one.";
  private static final List<String> IMPORTS = List.of(
      "static " + Rooms.LANES + ".FloatLanes.*",
      "static jdk.incubator.vector.VectorOperators.*",
      Rooms.LANES + ".FloatTail",
      Rooms.MATH + ".FloatErf",
      Rooms.MATH + ".FloatMath",
      Rooms.MATH + ".FloatNormal",
      Rooms.MATH + ".FloatTanh",
      "jdk.incubator.vector.FloatVector",
      "jdk.incubator.vector.IntVector",
      "jdk.incubator.vector.VectorMask");

  private static final Pattern LOOKUP = Pattern.compile("([A-Z]\\w*)\\[(\\w+)\\$\\]");
  private static final Pattern PIECE = Pattern.compile("IntVector piece\\$ = .*");

  /// A function: the parameters after its result, the class of its tables, whether `NearKernels` writes a loop for
  /// arguments near 0 instead of that over pairs, and the statements for a vector.
  private record Template(String name, String parameters, String owner, boolean near, String statements) {

    List<String> tables() {
      return LOOKUP.matcher(statements).results().map(lookup -> lookup.group(1)).distinct().toList();
    }

    /// The loop over all but the last elements.
    String first() {
      return near ? owner.replace("Float", "FloatNear") + "." + name : name + "OfPairs";
    }
  }

  private static final String KEPT = ", float[] slope, int so";

  private static final Template TANH = new Template("tanh", "", "FloatTanh", false, """
      FloatVector x$ = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at$));
      FloatVector a$ = x$.abs();
      IntVector piece$ = a$.add(FloatTanh.ORIGIN).viewAsIntegralLanes().lanewise(LSHR, FloatTanh.LEADING)\
      .min(FloatTanh.LAST);
      FloatVector t$ = a$.sub(CENTERS[piece$]);
      FloatVector square$ = t$.mul(t$);
      FloatVector top$ = C8[piece$].fma(square$, C7[piece$].fma(t$, C6[piece$]));
      FloatVector low$ = C5[piece$].fma(t$, C4[piece$]).fma(square$, C3[piece$].fma(t$, C2[piece$]));
      FloatVector q$ = top$.fma(square$.mul(square$), low$).fma(t$, C1[piece$]);
      IntVector base$ = C0[piece$].viewAsIntegralLanes().max(t$.viewAsIntegralLanes());
      FloatVector p$ = q$.fma(t$, TYPE.cast(base$.viewAsFloatingLanes()));
      IntVector sign$ = x$.viewAsIntegralLanes().and(Integer.MIN_VALUE);
      IntVector magnitude$ = p$.blend(1.0f, a$.compare(GT, FloatTanh.END)).viewAsIntegralLanes();
      TYPE.cast(magnitude$.or(sign$).viewAsFloatingLanes()).intoArray(y, yo + at$);
      """);

  private static final Template GELU = new Template("gelu", KEPT, "FloatNormal", true, """
      FloatVector unscaled = TYPE.cast(FloatVector.broadcast(SPECIES, FloatNormal.UNSCALED));
      IntVector scale = IntVector.broadcast(INTS, FloatNormal.SCALE_BITS);
      FloatVector x$ = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at$));
      FloatVector magnitude$ = x$.abs();
      FloatVector a$ = magnitude$.blend(FloatNormal.TAIL_END, magnitude$.compare(GT, FloatNormal.TAIL_END));
      FloatVector half$ = a$.mul(-0.5f);
      FloatVector exponent$ = half$.mul(a$);
      FloatVector shifted$ = exponent$.fma(-FloatMath.LOG2_E, FloatNormal.SHIFT);
      FloatVector turns$ = shifted$.sub(FloatNormal.SHIFT);
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
      FloatVector scaled$ = TYPE.cast(scale.sub(shifted$.viewAsIntegralLanes().lanewise(LSHL, 23))\
      .viewAsFloatingLanes());
      FloatVector rest$ = m$.fma(g$, lost$);
      FloatVector ofNegative$ = x$.mul(scaled$);
      FloatVector tail$ = unscaled.blend(0.0f, x$.compare(LT, -FloatNormal.TAIL_END));
      VectorMask<Float> negative$ = x$.compare(LT, 0.0f);
      FloatVector gelu$ = a$.neg().fma(g$.add(rest$).mul(scaled$).mul(unscaled), x$);
      gelu$.blend(ofNegative$.fma(g$, ofNegative$.mul(rest$)).mul(tail$), negative$).intoArray(y, yo + at$);
      if (slope != null) {
        FloatVector level$ = a$.lanewise(FMA, -FloatNormal.INVERSE_SQRT_2PI, g$).add(lost$);
        FloatVector least$ = m$.fma(level$, level$).mul(scaled$).mul(tail$);
        one.sub(least$).blend(least$, x$.compare(LT, 0.0f)).intoArray(slope, so + at$);
      }
      """);

  private static final Template ERF = new Template("erf", "", "FloatErf", false, """
      FloatVector x$ = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at$));
      FloatVector a$ = x$.abs();
      IntVector piece$ = a$.fma(FloatErf.PIECES_A_UNIT, FloatErf.SHIFT).viewAsIntegralLanes();
      FloatVector t$ = a$.sub(CENTERS[piece$]);
      FloatVector square$ = t$.mul(t$);
      FloatVector top$ = C8[piece$].fma(square$, C7[piece$].fma(t$, C6[piece$]));
      FloatVector low$ = C5[piece$].fma(t$, C4[piece$]).fma(square$, C3[piece$].fma(t$, C2[piece$]));
      FloatVector q$ = top$.fma(square$.mul(square$), low$).fma(t$, C1[piece$]);
      IntVector base$ = C0[piece$].viewAsIntegralLanes().max(t$.viewAsIntegralLanes());
      FloatVector p$ = q$.fma(t$, TYPE.cast(base$.viewAsFloatingLanes()));
      IntVector sign$ = x$.viewAsIntegralLanes().and(Integer.MIN_VALUE);
      FloatVector erf$ = p$.blend(1.0f, a$.compare(GT, FloatErf.END));
      TYPE.cast(erf$.viewAsIntegralLanes().or(sign$).viewAsFloatingLanes()).intoArray(y, yo + at$);
      """);

  private final Template template;

  static void generate(Output output) {
    for (Template template : List.of(TANH, GELU, ERF)) {
      LookupKernels kernels = new LookupKernels(template);
      kernels.write();
      kernels.closeIn(Precision.FLOAT, output);
    }
  }

  private LookupKernels(Template template) {
    super(NOTICE, Rooms.MATH, className(template), IMPORTS);
    this.template = template;
  }

  private static String className(Template template) {
    return template.owner.replace("Float", "FloatVector");
  }

  private void write() {
    add("""
        /// [%2$s] over arrays: the same steps in the same order, so the same bits, whatever the width.
        public final class %1$s {

          private %1$s() {}
        """, className(template), template.owner);
    whole();
    if (!template.near) {
      pairs();
    }
  }

  private void whole() {
    add("""

        public static void %1$s(int n, int last, float[] z, int zo, float[] y, int yo%2$s) {
          %1$sOfAny(%3$s(n, z, zo, y, yo%4$s), n, last, z, zo, y, yo%4$s);
        }

        public static void %1$sOfAny(int from, int n, int last, float[] z, int zo, float[] y, int yo%2$s) {
          for (int i = from; i < n; i += LENGTH) {
            int at = Math.min(i, last);
            VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
        """, template.name, template.parameters, template.first(), arguments(template.parameters));
    constants();
    for (String line : template.statements.lines().toList()) {
      statement(line.replaceAll("(intoArray\\(.*at\\$)\\)", "$1, lanes)"), "", "at");
    }
    add("}");
    add("}");
  }

  private void pairs() {
    add("""

        private static int %s(int n, float[] z, int zo, float[] y, int yo%s) {
          int pairs = n & -2 * LENGTH;
          for (int i = 0; i < pairs; i += 2 * LENGTH) {
        """, template.first(), template.parameters);
    constants();
    for (String line : template.statements.lines().toList()) {
      if (line.contains("$")) {
        statement(line, "0", "i");
        statement(line, "1", "i + LENGTH");
      } else {
        add(line);
      }
    }
    add("}");
    add("return pairs;");
    add("}");
  }

  /// The values that no turn changes. They stand inside the loop, and C2 hoists them: vectors alive before a loop that
  /// has never been entered C2 keeps as objects, allocated on each call.
  private void constants() {
    for (String table : template.tables()) {
      table(register(table), register(table) + "Upper", template.owner + "." + table);
    }
    add("FloatVector one = TYPE.cast(FloatVector.broadcast(SPECIES, 1.0f));");
  }

  private void statement(String line, String vector, String at) {
    String picked = LOOKUP.matcher(line).replaceAll(lookup -> {
      String register = register(lookup.group(1));
      return Matcher.quoteReplacement(pick(register, register + "Upper"));
    });
    addFor(vector, at, picked);
    if (PIECE.matcher(line).matches()) {
      addFor(vector, at, "IntVector lane$ = piece$.and(LANE);");
      addFor(vector, at, "VectorMask<Integer> upper$ = IN_ONE ? null : piece$.and(4).compare(NE, 0);");
    }
  }

  private static String register(String table) {
    return table.toLowerCase(Locale.ROOT) + "Table";
  }
}
