<?xml version="1.0" encoding="UTF-8"?>
<!-- The tables of the record and its timeline. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:template name="deadlines">
    <div class="scroll" role="group" tabindex="0" aria-label="{$words/dates}">
      <table>
        <caption><xsl:value-of select="$words/dates"/></caption>
        <thead><tr><th scope="col"><xsl:value-of select="$words/date"/></th><th scope="col"><xsl:value-of select="$words/at"/></th><th scope="col"><xsl:value-of select="$words/left"/></th><th scope="col"><xsl:value-of select="$words/from"/></th></tr></thead>
        <tbody>
          <xsl:for-each select="deadline">
            <tr>
              <th scope="row"><xsl:for-each select="title"><xsl:call-template name="text"/></xsl:for-each></th>
              <td><xsl:call-template name="parts"/></td>
              <td><xsl:value-of select="left"/><xsl:for-each select="mark"><xsl:text> </xsl:text><xsl:call-template name="mark"/></xsl:for-each></td>
              <td class="wrap"><xsl:value-of select="from"/></td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </div>
  </xsl:template>

  <xsl:template name="conditions">
    <p><xsl:value-of select="summary"/></p>
    <xsl:if test="condition">
      <div class="scroll" role="group" tabindex="0" aria-labelledby="cond">
        <table class="fit">
          <thead><tr><th scope="col"><xsl:value-of select="$words/no"/></th><th scope="col"><xsl:value-of select="$words/condition"/></th><th scope="col"><xsl:value-of select="$words/met"/></th><th scope="col"><xsl:value-of select="$words/because"/></th></tr></thead>
          <tbody>
            <xsl:for-each select="condition">
              <tr>
                <th scope="row"><xsl:value-of select="@id"/></th>
                <td><xsl:for-each select="title"><xsl:call-template name="text"/></xsl:for-each></td>
                <td><xsl:for-each select="mark"><xsl:call-template name="mark"/></xsl:for-each></td>
                <td><xsl:if test="rules"><span class="soft small"><xsl:value-of select="rules"/></span></xsl:if><xsl:call-template name="rules"/></td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
      </div>
    </xsl:if>
  </xsl:template>

  <xsl:template name="points">
    <div class="scroll" role="group" tabindex="0" aria-labelledby="six">
      <table>
        <thead><tr><th scope="col"><xsl:value-of select="$words/point"/></th><th scope="col" class="num"><xsl:value-of select="$words/rules"/></th><th scope="col" class="num"><xsl:value-of select="$words/passed"/></th><th scope="col" class="num"><xsl:value-of select="$words/failed"/></th><th scope="col" class="num"><xsl:value-of select="$words/notDecidable"/></th><th scope="col" class="num"><xsl:value-of select="$words/notApplicable"/></th></tr></thead>
        <tbody>
          <xsl:for-each select="point">
            <tr>
              <th scope="row"><xsl:value-of select="title"/></th>
              <td class="num"><xsl:value-of select="@rules"/></td>
              <td class="num"><xsl:value-of select="@passed"/></td>
              <td class="num"><xsl:choose><xsl:when test="@failed = '0'">0</xsl:when><xsl:otherwise><a href="#point-{@n}"><b><xsl:value-of select="@failed"/></b></a></xsl:otherwise></xsl:choose></td>
              <td class="num"><xsl:choose><xsl:when test="@undecided = '0'">0</xsl:when><xsl:otherwise><a href="#und"><b><xsl:value-of select="@undecided"/></b></a></xsl:otherwise></xsl:choose></td>
              <td class="num"><xsl:value-of select="@na"/></td>
            </tr>
          </xsl:for-each>
        </tbody>
        <tfoot>
          <xsl:for-each select="sum">
            <tr><th scope="row"><xsl:value-of select="$words/all"/></th><td class="num"><xsl:value-of select="@rules"/></td><td class="num"><xsl:value-of select="@passed"/></td><td class="num"><xsl:value-of select="@failed"/></td><td class="num"><xsl:value-of select="@undecided"/></td><td class="num"><xsl:value-of select="@na"/></td></tr>
          </xsl:for-each>
        </tfoot>
      </table>
    </div>
  </xsl:template>

  <xsl:template name="undecided">
    <p><xsl:value-of select="summary"/></p>
    <xsl:if test="row">
      <div class="scroll" role="group" tabindex="0" aria-labelledby="und">
        <table>
          <thead><tr><th scope="col"><xsl:value-of select="$words/rule"/></th><th scope="col"><xsl:value-of select="$words/point"/></th><th scope="col"><xsl:value-of select="$words/severity"/></th><th scope="col"><xsl:value-of select="$words/missing"/></th><th scope="col"><xsl:value-of select="$words/effect"/></th></tr></thead>
          <tbody>
            <xsl:for-each select="row">
              <xsl:choose>
                <xsl:when test="@id"><tr id="{@id}"><xsl:call-template name="undecidable"/></tr></xsl:when>
                <xsl:otherwise><tr><xsl:call-template name="undecidable"/></tr></xsl:otherwise>
              </xsl:choose>
            </xsl:for-each>
          </tbody>
        </table>
      </div>
    </xsl:if>
  </xsl:template>

  <xsl:template name="undecidable">
    <th scope="row"><span class="rule"><xsl:value-of select="@rule"/></span><xsl:for-each select="title"><xsl:text> </xsl:text><xsl:call-template name="text"/></xsl:for-each></th>
    <td><xsl:value-of select="@point"/></td>
    <td><span class="tag {@severity}"><xsl:value-of select="severity"/></span></td>
    <td class="wrap">
      <xsl:for-each select="missing"><xsl:value-of select="."/><br/></xsl:for-each>
      <xsl:if test="about"><span class="soft small"><xsl:value-of select="about"/></span></xsl:if>
    </td>
    <td class="nowrap"><xsl:value-of select="effect"/></td>
  </xsl:template>

  <xsl:template name="timeline">
    <xsl:for-each select="figure">
      <figure>
        <div class="scroll" role="group" tabindex="0" aria-labelledby="tl-title-{@n}">
          <svg class="timeline" viewBox="0 0 984 124" role="img" aria-labelledby="tl-title-{@n} tl-desc-{@n}">
            <title id="tl-title-{@n}"><xsl:value-of select="$words/procedure"/></title>
            <desc id="tl-desc-{@n}"><xsl:value-of select="../description"/></desc>
            <xsl:for-each select="line">
              <xsl:choose>
                <xsl:when test="@dash"><path class="ink" stroke-width="2" stroke-dasharray="{@dash}" d="{@d}"/></xsl:when>
                <xsl:otherwise><path class="ink" stroke-width="2" d="{@d}"/></xsl:otherwise>
              </xsl:choose>
            </xsl:for-each>
            <xsl:for-each select="mark">
              <xsl:choose>
                <xsl:when test="@shape = 'circle'"><circle class="{@class}" cx="{@x}" cy="48" r="7"/></xsl:when>
                <xsl:when test="@shape = 'square'"><rect class="{@class}" x="{@left}" y="39" width="18" height="18"/></xsl:when>
                <xsl:otherwise><path class="{@class}" d="{@d}"/></xsl:otherwise>
              </xsl:choose>
              <text x="{@x}" y="24" text-anchor="middle" font-size="11"><xsl:value-of select="label"/></text>
              <xsl:if test="day"><text class="soft" x="{@x}" y="76" text-anchor="middle"><xsl:value-of select="day"/></text></xsl:if>
              <xsl:if test="time"><text class="soft" x="{@x}" y="92" text-anchor="middle"><xsl:value-of select="time"/></text></xsl:if>
              <xsl:if test="rules"><text class="t-bad" x="{@x}" y="110" text-anchor="middle"><xsl:value-of select="rules"/></text></xsl:if>
            </xsl:for-each>
          </svg>
        </div>
        <figcaption><xsl:value-of select="$words/legend"/></figcaption>
      </figure>
    </xsl:for-each>
    <div class="scroll" role="group" tabindex="0" aria-label="{$words/stepsTable}">
      <table>
        <thead><tr><th scope="col"><xsl:value-of select="$words/step"/></th><th scope="col"><xsl:value-of select="$words/at"/></th><th scope="col"><xsl:value-of select="$words/doneBy"/></th><th scope="col"><xsl:value-of select="$words/reference"/></th><th scope="col"><xsl:value-of select="$words/proof"/></th></tr></thead>
        <tbody>
          <xsl:for-each select="row">
            <tr>
              <th scope="row"><xsl:value-of select="title"/></th>
              <td><xsl:call-template name="parts"/><xsl:if test="open"><span class="soft"><xsl:value-of select="open"/></span></xsl:if><xsl:if test="rule"><xsl:text> </xsl:text><xsl:call-template name="rules"/></xsl:if></td>
              <td><xsl:value-of select="by"/></td>
              <td class="wrap"><xsl:value-of select="reference"/></td>
              <td class="wrap"><xsl:value-of select="proof"/></td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </div>
  </xsl:template>

  <xsl:template name="documents">
    <div class="scroll" role="group" tabindex="0" aria-labelledby="docs">
      <table>
        <thead><tr><th scope="col"><xsl:value-of select="$words/document"/></th><th scope="col"><xsl:value-of select="$words/pathDigest"/></th><th scope="col"><xsl:value-of select="$words/number"/></th><th scope="col"><xsl:value-of select="$words/issued"/></th><th scope="col"><xsl:value-of select="$words/format"/></th><th scope="col"><xsl:value-of select="$words/schema"/></th></tr></thead>
        <tbody>
          <xsl:for-each select="document">
            <tr id="{@id}">
              <th scope="row"><xsl:value-of select="@id"/><xsl:text> </xsl:text><xsl:value-of select="kind"/></th>
              <td class="wrap"><xsl:value-of select="path"/><br/><span class="hash"><xsl:value-of select="digest"/></span></td>
              <td class="wrap"><xsl:value-of select="number"/></td>
              <td><xsl:call-template name="parts"/><xsl:if test="issuer"><br/><span class="soft small"><bdi><xsl:value-of select="issuer"/></bdi></span></xsl:if></td>
              <td><xsl:value-of select="format"/></td>
              <td><xsl:value-of select="schema"/><xsl:if test="note"><br/><span class="soft small"><xsl:value-of select="note"/></span></xsl:if></td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </div>
    <xsl:if test="more"><p class="small"><xsl:value-of select="more"/></p></xsl:if>
  </xsl:template>

  <xsl:template name="registers">
    <xsl:if test="register">
      <div class="scroll" role="group" tabindex="0" aria-label="{$words/registers}">
        <table>
          <caption><xsl:value-of select="$words/registers"/></caption>
          <thead><tr><th scope="col"><xsl:value-of select="$words/register"/></th><th scope="col"><xsl:value-of select="$words/asAt"/></th><th scope="col"><xsl:value-of select="$words/age"/></th><th scope="col"><xsl:value-of select="$words/state"/></th></tr></thead>
          <tbody>
            <xsl:for-each select="register">
              <tr>
                <th scope="row"><xsl:value-of select="@name"/></th>
                <td><xsl:call-template name="parts"/></td>
                <td><xsl:value-of select="age"/></td>
                <td><xsl:for-each select="mark"><xsl:call-template name="mark"/></xsl:for-each></td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
      </div>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
