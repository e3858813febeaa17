#!/bin/sh
# service-certificates.sh FOLDER, as root: by what the containers of compose.yaml know each other for a year. Each has a
# folder of its own, with its certificate, and with the authority that it trusts. Given again it renews all of them.
# service-certificates.sh --anew FOLDER, when any of the keys may be known to others: what was made before opens nothing
# any more once the containers were restarted.
set -eu
umask 077
anew=
if [ "${1:-}" = --anew ]; then
    anew=yes
    shift
fi
folder=${1:?a folder is missing, as in: service-certificates.sh /etc/fanfare/certificates}
year=365
decade=3650
postgres=999:999
fanfare=10001:10001
nginx=0:0

mkdir -p "$folder/authority" "$folder/database" "$folder/fanfare" "$folder/proxy"
fresh=$(mktemp -d "$folder/.fresh.XXXXXX")
trap 'rm -rf "$fresh"' EXIT

quietly() {
    "$@" 2>"$fresh/said" || { cat "$fresh/said" >&2; exit 1; }
}

# certify NAME DAYS EXTENSIONS SIGNER...: a new key and its certificate, in one file, so that a renewal is one step for
# whoever reads it meanwhile.
certify() {
    name=$1 days=$2
    printf '%s\n' "subjectKeyIdentifier=hash" "$3" >"$fresh/extensions"
    shift 3
    quietly openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$name" \
        -keyout "$fresh/key.pem" -out "$fresh/request.pem"
    quietly openssl x509 -req -in "$fresh/request.pem" -days "$days" -set_serial "0x$(openssl rand -hex 16)" \
        -extfile "$fresh/extensions" -out "$fresh/certificate.pem" "$@"
    cat "$fresh/key.pem" >>"$fresh/certificate.pem"
}

# hand_over PLACE OWNER NAME EXTENSIONS: what one container reads, and nobody else.
hand_over() {
    place=$folder/$1 owner=$2
    certify "$3" "$year" "$4" -CA "$folder/authority/certificate.pem" -CAkey "$folder/authority/certificate.pem"
    openssl x509 -in "$folder/authority/certificate.pem" -out "$fresh/authority.pem"
    if [ "$(id -u)" -eq 0 ]; then
        chown "$owner" "$place" "$fresh/certificate.pem" "$fresh/authority.pem"
    else
        echo "You are not root, so the container cannot read them yet: chown -R $owner $place" >&2
    fi
    mv -f "$fresh/authority.pem" "$fresh/certificate.pem" "$place/"
}

# The authority lasts for ten years; another takes over before anything of its own would outlive it. Nobody keeps a list
# of what it takes back: with it everything goes that it ever vouched for.
if [ "$anew" ] || ! openssl x509 -checkend $((year * 86400)) -noout -in "$folder/authority/certificate.pem" >/dev/null 2>&1; then
    certify "Authority of Fanfare's containers" "$decade" "basicConstraints=critical,CA:true,pathlen:0
keyUsage=critical,keyCertSign,cRLSign" -signkey "$fresh/key.pem"
    mv -f "$fresh/certificate.pem" "$folder/authority/"
fi

leaf="basicConstraints=critical,CA:false
keyUsage=critical,digitalSignature
authorityKeyIdentifier=keyid"
hand_over database "$postgres" database "$leaf
extendedKeyUsage=serverAuth
subjectAltName=DNS:database"
# Its name is the user of the database; the proxy knows it as the machine "web", its own health check as "localhost".
hand_over fanfare "$fanfare" fanfare "$leaf
extendedKeyUsage=clientAuth,serverAuth
subjectAltName=DNS:web,DNS:localhost"
hand_over proxy "$nginx" proxy "$leaf
extendedKeyUsage=clientAuth"

echo "In $folder until $(openssl x509 -enddate -noout -in "$folder/fanfare/certificate.pem" | cut -d= -f2): restart the containers."
