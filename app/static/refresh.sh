#!/bin/sh
# Fetches the pinned packages that the front end is made of and copies what we serve. Only needed to take a newer version.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# name@version and the sha512 that the package must have
htmx="htmx.org@4.0.1 sha512-oF7JgXhDW9UXCy/k1ZYFUQgzu/rm19ORWPSPNL91vPluB2PB9+MV55tyQdH/w7o2EAbTYUG5SDW1R60mdkdqGg=="
lucide="lucide-static@1.62.0 sha512-WBZA/m2PvkFpMGHDtsBck5P2A9G4ehLlYu4GwwICcmEm1BvYVgj00lCDxKRWLlbMlOibLaiwdQ88G5pHkSWgwA=="
figtree="@fontsource-variable/figtree@5.3.0 sha512-VRVodD7OiG7apQwE8/2fMjaqpY/a0qRJqL5HtYj8CKIVps+9amaFcdfKmDIf7iqYQx6iPLlArVXAfKeIZmVcNQ=="

icons="arrow-down arrow-up ban bell briefcase building-2 calendar-check calendar-days chart=chart-no-axes-column
check chevron-down chevron-left chevron-right circle-alert circle-check clock copy download ellipsis
external-link eye file-up flag flame gift hand-heart heart history house info link list-checks lock log-out mail
map-pin medal menu message-circle message-square minus pencil phone plug plus reply search send settings shield-check
shopping-cart skip-forward smartphone sparkles star target timer triangle-alert trophy undo-2 user user-cog users x"

unpack() { # unpack FOLDER NAME@VERSION SHA512
  mkdir "$work/$1"
  (cd "$work/$1" && npm pack --silent "$2" >/dev/null && mv ./*.tgz pack.tgz)
  found=sha512-$(openssl dgst -sha512 -binary "$work/$1/pack.tgz" | openssl base64 -A)
  [ "$found" = "$3" ] || { echo "$2 is not the package that was pinned: $found" >&2; exit 1; }
  tar -xzf "$work/$1/pack.tgz" -C "$work/$1" --strip-components=1
}

# shellcheck disable=SC2086 # each line holds a name and its sum, two words
unpack htmx $htmx
# shellcheck disable=SC2086
unpack lucide $lucide
# shellcheck disable=SC2086
unpack figtree $figtree

mkdir -p "$here/js/vendor" "$here/icons" "$here/fonts" "$here/licences"
cp "$work/htmx/dist/htmx.min.js" "$work/htmx/dist/ext/hx-ptag.min.js" "$work/htmx/dist/ext/hx-preload.min.js" "$here/js/vendor/"
for subset in latin latin-ext; do
  cp "$work/figtree/files/figtree-$subset-wght-normal.woff2" "$here/fonts/figtree-$subset.woff2"
done
for package in htmx lucide figtree; do
  cp "$work/$package/LICENSE" "$here/licences/$package.txt"
done

{
  printf '<svg xmlns="http://www.w3.org/2000/svg">\n'
  for icon in $icons; do # ours=theirs, or one name for both
    printf '<symbol id="%s" viewBox="0 0 24 24">' "${icon%=*}"
    sed -e '1,/^>$/d' -e '/<\/svg>/d' -e 's/^ *//' -e 's, />,/>,' "$work/lucide/icons/${icon#*=}.svg" | tr -d '\n'
    printf '</symbol>\n'
  done
  printf '</svg>\n'
} >"$here/icons/sprite.svg"

echo "Vendored $(echo "$icons" | wc -w) icons, htmx and Figtree."
