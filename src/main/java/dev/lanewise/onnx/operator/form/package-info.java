/// Operators that move elements, and those whose values are known when the file is read.
///
/// In reading order:
/// - `FormOperators`: which there are
/// - `Constants`: what is known when the file is read
/// - `Casts`: elements of another type
/// - `Arranged`: values in another arrangement
/// - `Lengths`: lengths of axes that are told by integers
/// - `Forms`: the same elements in another form
/// - `Reshapes`: the same elements under other dims, and which of these is the batch's
/// - `Expansions`: more elements than before
/// - `Padding`: a value while it is padded
/// - `Parts`: cutting along axes
/// - `Gathers`: looking up
/// - `Scatters`: writing at constant places
/// - `Joins`: one behind the other
/// - `Triangles`: one side of a diagonal, running sums
/// - `Resizes`: images of other sizes
/// - `Sampling`: how values between elements are made of these
/// - `EinsteinSum`: products and sums by letters
package dev.lanewise.onnx.operator.form;
