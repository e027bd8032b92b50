#!/bin/bash
# Runs every test below the build folder and prints what failed; the last line counts.
#
#   BUILD=build bash tests/run.sh            all of them; exit code 1 when something failed
#   SANITIZED=1                              the same with fewer random cases, for a build that checks every access
#   UPDATE=1                                 rewrites the expectations of the end-to-end tests
#
# A test prints TAP, or only an exit code, which then counts as one test.

set -u
cd "$(dirname "$0")/.." || exit 1
export BUILD=${BUILD:-build}
export SANITIZED=${SANITIZED:-0}
export CMOCKA_MESSAGE_OUTPUT=TAP
case $BUILD in /*) place=$BUILD ;; *) place=$PWD/$BUILD ;; esac
export TIDEWAITER_REGISTERS=$place/fixtures/registers.sqlite
export ASAN_OPTIONS=${ASAN_OPTIONS:-abort_on_error=0:detect_stack_use_after_return=1}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}

passed=0
failed=0
skipped=0
output=$(mktemp)
trap 'rm -f "$output"' EXIT

count() { grep -acE "$1" "$output"; }

# run NAME COMMAND...
run() {
    local name=$1 code skips good bad
    shift
    timeout 900 "$@" >"$output" 2>&1
    code=$?
    # cmocka writes what was skipped as `not ok N # SKIP`.
    good=$(($(count '^ok ') - $(count '^ok .*# (SKIP|skip)')))
    skips=$(count '^(not )?ok .*# (SKIP|skip)')
    bad=$(($(count '^not ok ') - $(count '^not ok .*# (SKIP|skip)')))
    # A program that prints no TAP, or that ends badly without having said why.
    if [ $((good + bad + skips)) = 0 ] || { [ "$code" != 0 ] && [ "$bad" = 0 ]; }; then
        if [ "$code" = 0 ]; then good=$((good + 1)); else bad=$((bad + 1)); fi
    fi
    passed=$((passed + good))
    failed=$((failed + bad))
    skipped=$((skipped + skips))
    if [ "$bad" != 0 ]; then
        echo "---- $name: $bad failed (exit code $code)"
        if [ "$(count '^not ok ')" != 0 ]; then
            grep -aE -A 20 '^not ok |ERROR: |runtime error: ' "$output" | grep -avE '^ok ' | head -n 120
        else
            tail -n 40 "$output"
        fi
    fi
}

# Units, and programs that are no units, in order of their paths.
programs() { find "$1" -type f -perm -u+x ! -name '*.d' ! -name '*.o' 2>/dev/null | sort; }

if [ "$SANITIZED" = 1 ]; then cases=1000 draws=200; else cases=10000 draws=1000; fi

for program in $(programs "$BUILD/unit"); do
    run "${program#"$BUILD/"}" "$program"
done
for program in $(programs "$BUILD/extra/chain") $(programs "$BUILD/extra/rules"); do
    run "${program#"$BUILD/"}" "$program"
done
for program in $(programs "$BUILD/extra/differential"); do
    run "${program#"$BUILD/"}" "$program" "$cases"
done
for program in $(programs "$BUILD/extra/property"); do
    test=tests/property/$(basename "${program%-driver}").py
    [ -f "$test" ] && run "$test" python3 "$test" "$program" "$draws"
done
for test in tests/chain/*.py; do
    [ "$test" = tests/chain/tap.py ] || run "$test" python3 "$test"
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
