# Writes a .cpp with the bytes of every language file: cmake -DDIR=data/keywords -DOUT=keyword_data.cpp -P embed_keywords.cmake
# The order of the languages is the order in which they are asked: German first. What words weigh comes last.
set(text "// Made from data/keywords by cmake/embed_keywords.cmake.\n#include \"keyword_data.hpp\"\n\nnamespace jawort::data {\n\nstd::vector<language_source> keyword_files() {\n  std::vector<language_source> out;\n")
foreach(name de.words en.words fr.words it.words es.words nl.words pl.words tr.words learnt.weights)
  file(READ "${DIR}/${name}" bytes HEX)
  string(LENGTH "${bytes}" length)
  math(EXPR size "${length} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  string(REPLACE "0x0a," "0x0a,\n" bytes "${bytes}")
  string(APPEND text "  {\n    static constexpr unsigned char bytes[] = {\n${bytes}};\n    out.push_back({\"${name}\", std::string(reinterpret_cast<char const*>(bytes), ${size})});\n  }\n")
endforeach()
string(APPEND text "  return out;\n}\n\n}  // namespace jawort::data\n")
file(WRITE "${OUT}" "${text}")
