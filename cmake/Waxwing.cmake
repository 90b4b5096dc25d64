# How every module and every test of the project is declared, once.

add_library(waxwing_flags INTERFACE)
target_compile_features(waxwing_flags INTERFACE cxx_std_20)
target_compile_options(waxwing_flags INTERFACE -Wall -Wextra -Wshadow -Werror
  # GCC 14 takes the inactive side of a std::variant for uninitialised when it optimises; Clang and the sanitizers find none.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
# Not for tests: QTRY_... of Qt 6.8 narrows a duration inside its own macro.
add_library(waxwing_strict INTERFACE)
target_compile_options(waxwing_strict INTERFACE -Wconversion)
target_compile_definitions(waxwing_flags INTERFACE
  QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_FOREACH
  QT_DISABLE_DEPRECATED_UP_TO=0x060800)
target_include_directories(waxwing_flags INTERFACE ${PROJECT_SOURCE_DIR}/src)
# The checks watch the program; the tests that drive it are compiled as ever, and so come out of a compiler cache.
add_library(waxwing_checked INTERFACE)
target_link_libraries(waxwing_strict INTERFACE waxwing_checked)
if(WAXWING_SANITIZE)
  target_compile_options(waxwing_checked INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -O1 -g1)
  target_link_options(waxwing_flags INTERFACE -fsanitize=address,undefined)
endif()
if(WAXWING_FUZZ)
  target_compile_options(waxwing_flags INTERFACE -fsanitize=fuzzer-no-link,address,undefined)
  target_link_options(waxwing_flags INTERFACE -fsanitize=address,undefined)
endif()

# What nearly every file includes is compiled once: it halves the time of a clean build. One set of headers for
# what has no screen (tests included), one for windows. The programs do not depend on it: see WAXWING_PRECOMPILE.
option(WAXWING_PRECOMPILE "Precompile the headers of Qt" ON)
if(WAXWING_PRECOMPILE)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/precompiled.cpp CONTENT "// Nothing: only its headers are wanted.\n")
  add_library(waxwing_precompiled STATIC ${CMAKE_BINARY_DIR}/precompiled.cpp)
  target_link_libraries(waxwing_precompiled PRIVATE waxwing_flags waxwing_checked Qt6::Core)
  target_precompile_headers(waxwing_precompiled PRIVATE
    <QByteArray> <QDateTime> <QFile> <QFutureWatcher> <QHash> <QJsonArray> <QJsonDocument> <QJsonObject> <QList> <QMap>
    <QObject> <QPromise> <QRegularExpression> <QSet> <QString> <QStringList> <QThread> <QThreadPool> <QTimer>
    <algorithm> <array> <chrono> <functional> <memory> <optional> <span> <string> <utility> <variant> <vector>)
  add_library(waxwing_precompiled_ui STATIC ${CMAKE_BINARY_DIR}/precompiled.cpp)
  target_link_libraries(waxwing_precompiled_ui PRIVATE waxwing_flags waxwing_checked Qt6::Widgets)
  target_precompile_headers(waxwing_precompiled_ui PRIVATE <QtWidgets> <QFutureWatcher> <QPromise>
    <algorithm> <functional> <memory> <optional> <utility> <variant> <vector>)
  # Tests are compiled once and run once: they are not optimised.
  add_library(waxwing_precompiled_test STATIC ${CMAKE_BINARY_DIR}/precompiled.cpp)
  target_link_libraries(waxwing_precompiled_test PRIVATE waxwing_flags Qt6::Core)
  target_compile_options(waxwing_precompiled_test PRIVATE -O0)
  target_precompile_headers(waxwing_precompiled_test PRIVATE
    <QByteArray> <QCoreApplication> <QDateTime> <QDir> <QFile> <QHash> <QJsonArray> <QJsonDocument> <QJsonObject> <QList> <QMap>
    <QMetaEnum> <QObject> <QProcess> <QPromise> <QRegularExpression> <QSet> <QString> <QStringList> <QTemporaryDir> <QThreadPool>
    <QTimer> <algorithm> <array> <chrono> <functional> <memory> <optional> <span> <string> <utility> <variant> <vector>)
  add_library(waxwing_precompiled_test_ui STATIC ${CMAKE_BINARY_DIR}/precompiled.cpp)
  target_link_libraries(waxwing_precompiled_test_ui PRIVATE waxwing_flags Qt6::Widgets)
  target_compile_options(waxwing_precompiled_test_ui PRIVATE -O0)
  target_precompile_headers(waxwing_precompiled_test_ui PRIVATE <QtWidgets> <QFutureWatcher> <QProcess> <QPromise> <QTemporaryDir>
    <algorithm> <functional> <memory> <optional> <utility> <variant> <vector>)
endif()

function(waxwing_precompile target from)
  if(WAXWING_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM ${from})
  endif()
endfunction()

# The meta objects of a target's headers. Not CMake's AUTOMOC: it hands moc the folders of Qt's headers, which tell it nothing that it needs here
# and which take it a hundred times as long to read, for each program anew. A header that gets its first Q_OBJECT is found when CMake runs again.
function(waxwing_meta_objects target)
  get_target_property(headers ${target} SOURCES)
  list(FILTER headers INCLUDE REGEX "\\.h$")
  set(generated)
  foreach(header IN LISTS headers)
    file(STRINGS ${header} mark REGEX "^ *Q_(OBJECT|GADGET|NAMESPACE)" LIMIT_COUNT 1)
    if(mark)
      qt_wrap_cpp(generated ${header})
    endif()
  endforeach()
  target_sources(${target} PRIVATE ${generated})
endfunction()

# Several files of one module are compiled together: with the headers of Qt read once for eight files, a clean build costs
# a third. A file whose unnamed namespace has names of another file's is compiled alone: waxwing_alone(FILES...).
option(WAXWING_UNITY "Compile several files of a module at once" ON)

function(waxwing_alone)
  set_source_files_properties(${ARGV} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

function(waxwing_together target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${WAXWING_UNITY} UNITY_BUILD_BATCH_SIZE 8)
endfunction()

# waxwing_module(NAME [SOURCES...] LINK LIBS...): the static library waxwing_NAME of src/NAME.
function(waxwing_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINK")
  add_library(waxwing_${name} STATIC ${arg_UNPARSED_ARGUMENTS})
  target_link_libraries(waxwing_${name} PUBLIC waxwing_flags ${arg_LINK} PRIVATE waxwing_strict)
  waxwing_meta_objects(waxwing_${name})
  waxwing_precompile(waxwing_${name} waxwing_precompiled)
  waxwing_together(waxwing_${name})
endfunction()

# Tests see no proxy: see tests/support/NoProxy.cpp.
set(waxwing_no_proxy_folder ${CMAKE_BINARY_DIR}/tests/support/no-proxy)
function(waxwing_without_proxy)
  set_tests_properties(${ARGV} PROPERTIES ENVIRONMENT_MODIFICATION "LD_LIBRARY_PATH=path_list_prepend:${waxwing_no_proxy_folder}")
endfunction()

# Under the sanitizers everything takes several times as long: limits of time are multiplied by this.
set(waxwing_patience 1)
if(WAXWING_SANITIZE)
  set(waxwing_patience 5)
endif()
function(waxwing_test_takes name seconds)
  math(EXPR limit "${seconds} * ${waxwing_patience}")
  math(EXPR milliseconds "${limit} * 1000")
  set_tests_properties(${name} PROPERTIES TIMEOUT ${limit})
  set_property(TEST ${name} APPEND PROPERTY ENVIRONMENT "QTEST_FUNCTION_TIMEOUT=${milliseconds}")
endfunction()

# A test of the suite: NAME runs the program TARGET, which waxwing_test() has built.
function(waxwing_run name target)
  add_test(NAME ${name} COMMAND ${target})
  set_tests_properties(${name} PROPERTIES
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LANG=C.UTF-8;TZ=UTC;WAXWING_PATIENCE=${waxwing_patience};WAXWING_SHARED_VECTORS=${PROJECT_SOURCE_DIR}/../shared/vectors")
  waxwing_test_takes(${name} 120)
  waxwing_without_proxy(${name})
endfunction()

# waxwing_test(MODULE TOPIC [SOURCES...] LINK LIBS...): tests/MODULE/tst_TOPIC.cpp as the CTest test MODULE.TOPIC.
function(waxwing_test module topic)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "LINK")
  set(target tst_${module}_${topic})
  qt_generate_moc(tst_${topic}.cpp tst_${topic}.moc)
  add_executable(${target} tst_${topic}.cpp tst_${topic}.moc ${arg_UNPARSED_ARGUMENTS})
  target_link_libraries(${target} PRIVATE waxwing_flags Qt6::Test ${arg_LINK})
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/tests ${CMAKE_CURRENT_BINARY_DIR})
  if(module STREQUAL "ui" OR module STREQUAL "e2e")
    waxwing_precompile(${target} waxwing_precompiled_test_ui)
  else()
    waxwing_precompile(${target} waxwing_precompiled_test)
  endif()
  target_compile_options(${target} PRIVATE -O0)
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/${module})
  waxwing_run(${module}.${topic} ${target})
endfunction()
